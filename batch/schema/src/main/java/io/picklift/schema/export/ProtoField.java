package io.picklift.schema.export;

/**
 * A field of a message.
 *
 * @param type as a {@code .proto} writes it: a scalar type, or a message's name
 * @param repeated whether it is {@code repeated}; all others are {@code optional}
 */
public record ProtoField(String name, int number, String type, boolean repeated) {
  /** As a {@code .proto} declares it, without number. */
  String label() {
    return (repeated ? "repeated " : "optional ") + type;
  }

  ProtoField numbered(int other) {
    return new ProtoField(name, other, type, repeated);
  }
}
