package io.picklift.bench.chaos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes pickles of protocol 2, as the harness's game would. */
final class PickleText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A player with friends, who refer back to it, and things in a bag. */
  static byte[] player(String name, int level, double money, int friends, int things) {
    PickleText text = new PickleText();
    text.bytes(0x80, 2);
    text.instance("Player").bytes('q', 0).bytes('}', '(');
    text.string("name").string(name);
    text.string("level").number(level);
    text.string("money").real(money);
    text.string("friends").bytes(']', '(');
    for (int i = 0; i < friends; i++) {
      text.instance("Friend").bytes('}', '(');
      text.string("name").string(name + "'s friend " + i);
      text.string("since").number(level + i);
      text.string("player").bytes('h', 0);
      text.bytes('u', 'b');
    }
    text.bytes('e');
    text.string("bag").bytes('}', '(');
    for (int i = 0; i < things; i++) {
      text.string("thing " + i).number(i * level);
    }
    text.bytes('u', 'u', 'b', '.');
    return text.out.toByteArray();
  }

  /** A pickle that no mapping has tables for. */
  static byte[] number() {
    return new PickleText().bytes(0x80, 2).number(42).bytes('.').out.toByteArray();
  }

  private PickleText bytes(int... all) {
    for (int b : all) {
      out.write(b);
    }
    return this;
  }

  /** An instance without state: its class, no arguments, NEWOBJ. */
  private PickleText instance(String name) {
    bytes('c');
    out.writeBytes(("game\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return bytes(')', 0x81);
  }

  private PickleText string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes('X').little(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  private PickleText number(int number) {
    return bytes('J').little(number);
  }

  private PickleText little(int number) {
    return bytes(number, number >> 8, number >> 16, number >> 24);
  }

  private PickleText real(double number) {
    bytes('G');
    long bits = Double.doubleToLongBits(number);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes((int) (bits >> shift));
    }
    return this;
  }
}
