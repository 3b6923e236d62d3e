package io.picklift.app.operate;

import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.StrayBytes;
import io.picklift.app.view.SafeText;
import java.util.Locale;
import java.util.Map;

/** A target's status, for people. */
public final class StatusText {
  private StatusText() {}

  public static String of(TargetStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(status.target()).append(" at ").append(status.now()).append(" UTC\n");
    TargetStatus.Lock lock = status.lock();
    if (lock == null) {
      text.append("nobody works on it\n");
    } else {
      text.append("connection ").append(lock.connection()).append(" is working on it");
      if (lock.host() != null) {
        text.append(": process ").append(lock.process()).append(" on ").append(lock.host());
        text.append(", since ").append(lock.since()).append(" UTC, last heartbeat ");
        text.append(lock.silentSeconds()).append(" s ago");
      }
      text.append('\n');
    }
    if (status.paused()) {
      text.append("paused: ").append(lock == null ? "the next run" : "it");
      text.append(" waits until picklift resume\n");
    }
    for (Map.Entry<String, Map<String, Long>> source : status.ledger().entrySet()) {
      text.append("saves of ").append(SafeText.line(source.getKey())).append('\n');
      source.getValue().forEach((name, count) -> line(text, count, name));
      Long lag = status.lagSeconds().get(source.getKey());
      if (lag != null) {
        line(
            text,
            lag,
            word(lag, "second")
                + " since the start of the last run that left the target up to date");
      }
      DecodeNotes decoded =
          new DecodeNotes(
              status.stray().getOrDefault(source.getKey(), new StrayBytes(0, 0)),
              status.suspected().getOrDefault(source.getKey(), Map.of()));
      text.append(decoded.lines());
    }
    if (!status.quarantine().isEmpty()) {
      text.append("quarantine by reason\n");
      status.quarantine().forEach((name, count) -> line(text, count, name));
    }
    if (!status.disagreements().isEmpty()) {
      text.append("disagreements between BLOB and copy, by the copy's column\n");
      status.disagreements().forEach((name, count) -> line(text, count, SafeText.line(name)));
    }
    TargetStatus.Base base = status.base();
    if (base != null) {
      line(
          text,
          base.saves(),
          String.format(Locale.ROOT, "BLOBs kept to merge by, %,d bytes", base.bytes()));
    }
    status.following().forEach(source -> following(text, source));
    for (TargetStatus.Run run : status.runs()) {
      run(text, run);
    }
    return text.toString();
  }

  private static void following(StringBuilder text, TargetStatus.Following source) {
    text.append("binary log of ").append(SafeText.line(source.source())).append(", ");
    text.append(source.state()).append(", place ").append(SafeText.line(source.place()));
    if (source.silentSeconds() != null) {
      text.append(", last heartbeat ").append(source.silentSeconds()).append(" s ago");
    }
    text.append('\n');
    line(text, source.lagSeconds(), word(source.lagSeconds(), "second") + " behind");
    line(text, source.lagTransactions(), word(source.lagTransactions(), "transaction") + " behind");
    line(text, source.pendingKeys(), word(source.pendingKeys(), "key") + " to do");
    if (source.heldBack() > 0) {
      line(
          text,
          source.heldBack(),
          "gone from the source, but held back: --max-deleted allows their deletion");
    }
  }

  private static void run(StringBuilder text, TargetStatus.Run run) {
    text.append(
        String.format(
            Locale.ROOT,
            "run %d: %s of %s, %s, began %s UTC, %.0f s, %,d written (%.1f a second)%n",
            run.id(),
            run.command(),
            SafeText.line(run.source()),
            run.status(),
            run.began(),
            run.seconds(),
            run.written(),
            run.rate()));
    for (Map.Entry<String, Long> count : run.counts().entrySet()) {
      if (count.getValue() > 0) {
        line(text, count.getValue(), count.getKey().replace('_', ' '));
      }
    }
  }

  private static String word(long count, String one) {
    return count == 1 ? one : one + "s";
  }

  private static void line(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, what));
  }
}
