package io.picklift.schema.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProtoLockTest {
  private static ProtoLock next(ProtoLock before, String columns) throws ConfigurationException {
    String mapping =
        "version: 1\ntables:\n  person:\n    class: game.Person\n    columns: " + columns;
    return TypedModel.of(Mapping.parse("mapping.yaml", mapping), before).lock();
  }

  private static ProtoMessage person(ProtoLock lock) {
    return Objects.requireNonNull(lock.message("Person"));
  }

  private static ProtoField field(ProtoLock lock, String name) {
    return person(lock).fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void numbersStayAndAreNeverUsedAgain() throws ConfigurationException {
    ProtoLock first = next(ProtoLock.empty(), "{a: INT, b: VARCHAR(10), c: DOUBLE}");
    ProtoLock second = next(first, "{c: DOUBLE, a: BIGINT, d: INT}");
    ProtoLock third = next(second, "{b: VARCHAR(10), a: TEXT, d: INT}");
    assertThat(field(second, "a")).isEqualTo(new ProtoField("a", 1, "int64", false));
    assertThat(field(second, "c").number()).isEqualTo(3);
    // The number after the columns is that of what their fields do not say.
    assertThat(field(first, "unheld").number()).isEqualTo(4);
    assertThat(field(second, "unheld").number()).isEqualTo(4);
    assertThat(field(second, "d").number()).isEqualTo(5);
    // Gone and come back, or changed beyond what the wire holds: new numbers.
    assertThat(field(third, "b").number()).isEqualTo(6);
    assertThat(field(third, "a")).isEqualTo(new ProtoField("a", 7, "string", false));
    assertThat(person(third).reserved()).containsExactly(1, 2, 3);
    assertThat(WireCheck.breaking(first, third)).isEmpty();
    assertThat(WireCheck.breaking(second, third)).isEmpty();
  }

  @Test
  void theFileSaysAllThatTheLockKnows() throws ConfigurationException {
    ProtoLock lock = next(next(ProtoLock.empty(), "{a: INT, b: INT}"), "{reserved: INT, b: INT}");
    ProtoLock read = ProtoLock.parse("game.proto.lock", lock.text());
    assertThat(read.text()).isEqualTo(lock.text());
    assertThat(person(read)).isEqualTo(person(lock));
  }

  @Test
  void aBrokenChangeIsNamed() throws ConfigurationException {
    ProtoLock before = next(ProtoLock.empty(), "{a: INT, b: INT}");
    ProtoLock after = next(ProtoLock.empty(), "{a: VARCHAR(10)}");
    assertThat(WireCheck.breaking(before, after))
        .containsExactly(
            "Person.a = 1 was optional int32 and is optional string",
            "Person.b = 2 was optional int32 and is repeated Unheld",
            "Person.unheld = 3 is gone and its number not reserved");
  }
}
