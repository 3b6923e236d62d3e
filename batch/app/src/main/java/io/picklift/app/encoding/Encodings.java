package io.picklift.app.encoding;

import io.picklift.app.encoding.compressed.Compressions;
import io.picklift.app.encoding.compressed.ZipMember;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.json.JsonEncodings;
import io.picklift.app.encoding.json.JsonMember;
import io.picklift.app.encoding.parts.FormMember;
import io.picklift.app.encoding.parts.PartEncodings;
import io.picklift.app.encoding.text.Prefix;
import io.picklift.app.encoding.text.TextEncodings;
import java.util.ArrayList;
import java.util.List;

/** All encodings, by name. */
public final class Encodings {
  /** What the content tells, in the order in which it is tried. */
  private static final List<Encoding> AUTO = auto();

  private Encodings() {}

  private static List<Encoding> auto() {
    List<Encoding> all = new ArrayList<>();
    Compressions.list().stream().filter(Encoding::isCertain).forEach(all::add);
    all.addAll(JsonEncodings.list());
    all.addAll(PartEncodings.list());
    all.addAll(TextEncodings.list());
    Compressions.list().stream().filter(e -> !e.isCertain()).forEach(all::add);
    return List.copyOf(all);
  }

  static List<Encoding> told() {
    return AUTO;
  }

  /** The names that a configuration may give. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    AUTO.forEach(encoding -> names.add(encoding.label()));
    names.add(JsonEncodings.value().label());
    return List.copyOf(names);
  }

  /**
   * The format of a name; {@code prefix:} takes an argument, {@code zip:}, {@code json-member:} and
   * {@code form-member:} the name of a member.
   *
   * @throws IllegalArgumentException where there is none; the message says why
   */
  public static Encoding named(String name) {
    if (name.startsWith(Prefix.LABEL + ":")) {
      return Prefix.of(name.substring(Prefix.LABEL.length() + 1));
    }
    if (name.startsWith(JsonMember.LABEL + ":")) {
      return new JsonMember(argument(name, JsonMember.LABEL));
    }
    if (name.startsWith(FormMember.LABEL + ":")) {
      return new FormMember(argument(name, FormMember.LABEL));
    }
    if (name.startsWith(ZipMember.LABEL + ":")) {
      return new ZipMember(argument(name, ZipMember.LABEL));
    }
    return find(name);
  }

  private static String argument(String name, String label) {
    if (name.length() == label.length() + 1) {
      throw new IllegalArgumentException("'" + label + ":' takes a member's name");
    }
    return name.substring(label.length() + 1);
  }

  /** The format that wrote a recipe's step, whatever argument its configuration had. */
  static Encoding find(String label) {
    List<Encoding> all = new ArrayList<>(AUTO);
    all.add(JsonEncodings.value());
    all.addAll(TextEncodings.damages());
    all.addAll(TextEncodings.hiddenDamages());
    for (Encoding encoding : all) {
      if (encoding.label().equals(label)) {
        return encoding;
      }
    }
    throw new IllegalArgumentException("there is no encoding '" + label + "'");
  }
}
