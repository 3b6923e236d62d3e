package io.picklift.schema.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether readers of an older {@code .proto} can read what is written by a newer one and the other
 * way round: what {@code buf breaking} checks in its category {@code WIRE}.
 */
public final class WireCheck {
  /** Varints that may take each other's place. */
  private static final Set<String> VARINTS = Set.of("bool", "int32", "uint32", "int64", "uint64");

  private WireCheck() {}

  /** What is broken from one lock to the next, a line each; empty where nothing is. */
  public static List<String> breaking(ProtoLock before, ProtoLock after) {
    List<String> broken = new ArrayList<>();
    for (ProtoMessage old : before.messages().values()) {
      ProtoMessage now = after.message(old.name());
      if (now != null) {
        compare(old, now, broken);
      }
    }
    return broken;
  }

  private static void compare(ProtoMessage old, ProtoMessage now, List<String> broken) {
    Map<Integer, ProtoField> byNumber = new HashMap<>();
    now.fields().forEach(field -> byNumber.put(field.number(), field));
    for (ProtoField field : old.fields()) {
      ProtoField same = byNumber.get(field.number());
      String what = old.name() + "." + field.name() + " = " + field.number();
      if (same == null) {
        if (!now.reserved().contains(field.number())) {
          broken.add(what + " is gone and its number not reserved");
        }
      } else if (!isCompatible(field, same)) {
        broken.add(what + " was " + field.label() + " and is " + same.label());
      }
    }
    for (int number : old.reserved()) {
      if (!now.reserved().contains(number)) {
        broken.add(old.name() + ": number " + number + " was reserved and is not");
      }
    }
  }

  /** Whether a field may become another under its number. */
  static boolean isCompatible(ProtoField before, ProtoField after) {
    if (before.repeated() != after.repeated()) {
      return false;
    }
    return before.type().equals(after.type())
        || (VARINTS.contains(before.type()) && VARINTS.contains(after.type()))
        || (before.type().equals("string") && after.type().equals("bytes"));
  }
}
