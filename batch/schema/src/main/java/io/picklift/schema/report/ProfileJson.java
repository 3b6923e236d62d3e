package io.picklift.schema.report;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.SaveOccurrence;
import io.picklift.schema.profile.SaveStatistics;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import io.picklift.schema.text.JsonOut;
import io.picklift.schema.text.TextHash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code profile.json}: all that a profile knows, for programs. */
public final class ProfileJson {
  private static final int VERSION = 1;

  private final JsonOut json = new JsonOut();
  private final Profile profile;

  private ProfileJson(Profile profile) {
    this.profile = profile;
  }

  /** The document. Depends on the saves alone, not on their order or on threads. */
  public static String write(Profile profile) {
    return new ProfileJson(profile).document();
  }

  /** Whether a mapping's text is the one that {@code profile} wrote together with this document. */
  public static boolean isMappingOf(String json, String mapping) {
    return json.contains("\"mappingSha256\": \"" + TextHash.hex(mapping) + "\"");
  }

  private String document() {
    json.object().field("version", VERSION);
    // Tells whether a mapping.yaml beside this file is still as it was made.
    json.field("mappingSha256", TextHash.hex(MappingGenerator.mapping(profile)));
    saves();
    json.name("root");
    value(profile.root(), profile.saves().count());
    if (!profile.splits().isEmpty()) {
      json.name("splits").object();
      profile
          .splits()
          .forEach(
              (value, place) -> {
                json.name(value);
                value(place, place.count());
              });
      json.end();
    }
    json.name("classes").object();
    for (ClassProfile of : profile.classes().values()) {
      json.name(of.name());
      classProfile(of);
    }
    json.end();
    if (profile.otherClasses().objects() > 0) {
      json.field("objectsOfOtherClasses", profile.otherClasses().objects());
    }
    return json.end().text();
  }

  private void saves() {
    SaveStatistics saves = profile.saves();
    json.name("saves").object().field("count", saves.count());
    if (saves.isSample()) {
      json.field("sample", true);
    }
    seen(saves.seen());
    range("storedBytes", saves.stored());
    range("pickleBytes", saves.pickles());
    json.field("values", saves.values());
    json.onOneLine().name("sizes").object();
    saves.sizes().forEach((size, n) -> json.field(Long.toString(1L << size), n));
    json.end();
    json.onOneLine().name("protocols").object();
    saves.protocols().forEach((protocol, n) -> json.field(Integer.toString(protocol), n));
    json.end();
    counts("encodings", saves.encodings());
    counts("refused", saves.refused());
    json.end();
  }

  private void counts(String name, Map<String, Long> counts) {
    json.onOneLine().name(name).object();
    counts.forEach((key, n) -> json.field(key.isEmpty() ? "none" : key, n));
    json.end();
  }

  private void seen(SaveOccurrence seen) {
    SaveFacts first = seen.first();
    SaveFacts last = seen.last();
    if (first != null && last != null) {
      save("first", first);
      save("last", last);
    }
  }

  private void save(String name, SaveFacts facts) {
    json.onOneLine().name(name).object().field("key", facts.key());
    if (facts.watermark() != null) {
      json.field("watermark", facts.watermark());
    }
    json.end();
  }

  private void range(String name, SizeRange range) {
    if (!range.isEmpty()) {
      json.onOneLine().name(name).object();
      json.field("min", range.min()).field("max", range.max());
      json.name("mean").value(Math.round(range.mean() * 10) / 10.0);
      json.end();
    }
  }

  private void classProfile(ClassProfile of) {
    json.object().field("objects", of.objects()).field("owned", of.owned());
    json.field("saves", of.seen().saves());
    seen(of.seen());
    range("objectsInSave", of.inSave());
    json.field("bytes", of.bytes());
    if (of.opaque() > 0) {
      json.field("opaqueStates", of.opaque());
    }
    if (!of.together().isEmpty()) {
      json.onOneLine().name("togetherWith").array();
      of.together().forEach(json::value);
      json.endArray();
    }
    json.name("attributes").object();
    of.attributes()
        .forEach(
            (name, value) -> {
              json.name(name);
              value(value, of.objects());
            });
    json.end();
    if (of.notFollowed() > 0) {
      json.field("attributesNotFollowed", of.notFollowed());
    }
    if (!of.arguments().isEmpty()) {
      json.name("arguments").array();
      of.arguments().forEach(value -> value(value, of.objects()));
      json.endArray();
    }
    if (of.contents().count() > 0) {
      json.name("contents");
      value(of.contents(), of.objects());
    }
    json.end();
  }

  /** One place whose members are still to be written, or whose object is to be closed. */
  private sealed interface Task {}

  private record Open(@Nullable String name, ValueProfile value, long owners) implements Task {}

  private record Close(boolean isArray) implements Task {}

  private record Name(String name, boolean isArray) implements Task {}

  /** Writes a place with all below, without recursion. */
  private void value(ValueProfile root, long owners) {
    List<Task> tasks = new ArrayList<>();
    tasks.add(new Open(null, root, owners));
    while (!tasks.isEmpty()) {
      Task task = tasks.remove(tasks.size() - 1);
      if (task instanceof Close close) {
        if (close.isArray()) {
          json.endArray();
        } else {
          json.end();
        }
      } else if (task instanceof Name name) {
        json.name(name.name());
        if (name.isArray()) {
          json.array();
        } else {
          json.object();
        }
      } else if (task instanceof Open open) {
        if (open.name() != null) {
          json.name(open.name());
        }
        json.object();
        tasks.add(new Close(false));
        if (open.value().isBeyond()) {
          json.field("beyond", true);
        } else {
          head(open.value(), open.owners());
          below(open.value(), tasks);
        }
      }
    }
  }

  /** The tasks of what is below a place, the last first. */
  private static void below(ValueProfile value, List<Task> tasks) {
    if (!value.places().isEmpty()) {
      tasks.add(new Close(true));
      for (int i = value.places().size() - 1; i >= 0; i--) {
        tasks.add(new Open(null, value.places().get(i), value.count(ValueKind.TUPLE)));
      }
      tasks.add(new Name("places", true));
    }
    if (!value.members().isEmpty()) {
      tasks.add(new Close(false));
      var names = new ArrayList<>(value.members().keySet());
      for (int i = names.size() - 1; i >= 0; i--) {
        ValueProfile member = value.members().get(names.get(i));
        if (member != null) {
          tasks.add(new Open(names.get(i), member, value.count(ValueKind.DICT)));
        }
      }
      tasks.add(new Name("members", false));
    }
    single(tasks, "values", value.values());
    single(tasks, "keys", value.keys());
    single(tasks, "items", value.items());
  }

  private static void single(List<Task> tasks, String name, @Nullable ValueProfile value) {
    if (value != null) {
      tasks.add(new Open(name, value, value.count()));
    }
  }

  private void head(ValueProfile value, long owners) {
    json.field("count", value.count());
    if (owners > 0 && value.count() != owners) {
      json.name("presence").value(Math.round(1000.0 * value.count() / owners) / 1000.0);
    }
    if (!value.isInMap() && value.count() > 0) {
      json.field("saves", value.seen().saves());
      seen(value.seen());
    }
    json.onOneLine().name("types").object();
    for (ValueKind kind : ValueKind.values()) {
      if (value.count(kind) > 0) {
        json.field(kind.name().toLowerCase(Locale.ROOT), value.count(kind));
      }
    }
    json.end();
    json.field("bytes", ValueWalk.bytes(value));
    scalars(value);
    if (!value.classes().isEmpty()) {
      json.name("classes").object();
      value.classes().forEach(this::referred);
      json.end();
    }
    range("sizes", value.sizes());
    if (value.again() > 0) {
      json.field("sharedContainers", value.again());
    }
    String backlink = value.backlink();
    if (backlink != null) {
      json.field("membersReferBackBy", backlink);
    }
    if (value.notFollowed() > 0) {
      json.field("notFollowed", value.notFollowed());
    }
  }

  private void referred(String name, ReferenceCount referred) {
    json.onOneLine().name(name).object().field("count", referred.count());
    if (referred.wrapped() > 0) {
      json.field("wrapped", referred.wrapped());
    }
    if (referred.held() > 0) {
      json.field("held", referred.held());
    }
    if (referred.owned() > 0) {
      json.field("owned", referred.owned());
    }
    json.end();
  }

  private void scalars(ValueProfile value) {
    ScalarProfile scalars = value.scalars();
    if (scalars == null) {
      return;
    }
    json.field("distinct", scalars.distinct());
    if (value.isUnique()) {
      json.field("uniqueInSave", true);
    }
    if (scalars.hasInts()) {
      json.onOneLine().name("ints").object();
      json.name("min").value(scalars.intMin()).name("max").value(scalars.intMax()).end();
    }
    if (scalars.bigInts() > 0) {
      json.onOneLine().name("intsBeyond64Bits").object().field("count", scalars.bigInts());
      json.field("bits", scalars.bigMost().bitLength()).end();
    }
    if (scalars.hasFloats()) {
      json.onOneLine().name("floats").object();
      json.name("min").value(scalars.floatMin()).name("max").value(scalars.floatMax());
      json.field("withFraction", scalars.fractions()).end();
    }
    range("characters", scalars.characters());
    range("byteLengths", scalars.byteLengths());
    if (!scalars.scales().isEmpty()) {
      json.field("decimalDigits", scalars.decimalDigits());
      json.onOneLine().name("decimalPlaces").object();
      scalars.scales().forEach((scale, n) -> json.field(scale.toString(), n));
      json.end();
    }
    BigDecimal least = scalars.decimalMin();
    BigDecimal most = scalars.decimalMax();
    if (least != null && most != null) {
      between("decimals", least.toPlainString(), most.toPlainString());
    }
    if (!scalars.times().isEmpty()) {
      between("times", scalars.times().min(), scalars.times().max());
    }
    unusual("nanInfinityOrMinusZero", scalars.unfitFloats());
    unusual("loneSurrogates", scalars.surrogates());
    unusual("decimalsOfOtherForm", scalars.unfitDecimals());
    unusual("timesThatNoColumnHolds", scalars.unfitTimes() + scalars.unfitInstants());
    if (!scalars.shapes().isEmpty()) {
      json.onOneLine().name("shapes").array();
      scalars.shapes().forEach(json::value);
      json.endArray();
    }
  }

  private void between(String name, String min, String max) {
    json.onOneLine().name(name).object().field("min", min).field("max", max).end();
  }

  private void unusual(String name, long count) {
    if (count > 0) {
      json.field(name, count);
    }
  }
}
