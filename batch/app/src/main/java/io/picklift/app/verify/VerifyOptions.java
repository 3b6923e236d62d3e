package io.picklift.app.verify;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look at, and how.
 *
 * @param engine that decodes what is decoded
 * @param isOtherSampled whether a sample of the saves is decoded by the engine in Python as well
 * @param limits of a save that is verified while others are
 * @param alone of a save that these were too small for: nothing else is at work then
 * @param threads how many stretches of the source are worked on at a time
 * @param scope which saves
 * @param proofs what is done with what an earlier verification proved
 * @param most how long to go on; null for as long as it takes
 * @param state where to keep how far it is, where all rows are looked at; null for nowhere
 */
public record VerifyOptions(
    DecodingEngine.Name engine,
    boolean isOtherSampled,
    Limits limits,
    Limits alone,
    int threads,
    Scope scope,
    Proofs proofs,
    @Nullable Duration most,
    @Nullable Path state) {
  /** Which saves to look at. */
  public sealed interface Scope {
    /** All rows of the source, and what the target has beside. */
    record All() implements Scope {}

    /** These keys, as reports have them. */
    record Keys(List<String> keys) implements Scope {
      public Keys {
        keys = List.copyOf(keys);
      }
    }

    /** So many of a hundred rows, at least twenty. */
    record Sample(double percent) implements Scope {}

    /** Those that were written into the target since a run began. */
    record Since(long run) implements Scope {}
  }

  /** What is done with proofs that the target keeps. */
  public enum Proofs {
    /** Saves that have not changed since they were proven are proven by hashes. */
    USED,
    /** The same, and what is proven now is kept. */
    KEPT,
    /** None is believed; what is proven now is kept. */
    RENEWED,
    /** None is believed, and none kept. */
    IGNORED
  }

  /** All rows; nothing is written into the target. */
  public static VerifyOptions all(DecodingEngine.Name engine, Limits limits, int threads) {
    return new VerifyOptions(
        engine,
        false,
        limits,
        Limits.defaults(),
        threads,
        new Scope.All(),
        Proofs.USED,
        null,
        null);
  }

  /** With other limits for a save that is alone. */
  public VerifyOptions alone(Limits whole) {
    return new VerifyOptions(
        engine, isOtherSampled, limits, whole, threads, scope, proofs, most, state);
  }

  public VerifyOptions of(Scope newScope) {
    return new VerifyOptions(
        engine, isOtherSampled, limits, alone, threads, newScope, proofs, most, state);
  }

  public VerifyOptions with(Proofs newProofs) {
    return new VerifyOptions(
        engine, isOtherSampled, limits, alone, threads, scope, newProofs, most, state);
  }

  public VerifyOptions stateIn(@Nullable Path file) {
    return new VerifyOptions(
        engine, isOtherSampled, limits, alone, threads, scope, proofs, most, file);
  }

  public VerifyOptions atMost(@Nullable Duration time) {
    return new VerifyOptions(
        engine, isOtherSampled, limits, alone, threads, scope, proofs, time, state);
  }

  /** A sample is decoded by the engine in Python as well. */
  public VerifyOptions sampled() {
    return new VerifyOptions(engine, true, limits, alone, threads, scope, proofs, most, state);
  }
}
