package io.picklift.schema.tables.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and times as servers write them. */
class TimeTextTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int NANOS = 1_000;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsReadIsWhatJavaReads() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      int places = random.nextInt(7);
      LocalDate date = LocalDate.ofEpochDay(random.nextInt(3_652_059) - 719_162);
      long micros = random.nextLong(86_400_000_000L);
      LocalTime time =
          LocalTime.ofNanoOfDay((micros - micros % (long) Math.pow(10, 6 - places)) * NANOS);
      String of =
          DateTimeFormatter.ofPattern("HH:mm:ss" + (places == 0 ? "" : "." + "S".repeat(places)))
              .format(time);
      assertThat(TimeText.date(bytes(date.toString()))).isEqualTo(date.toEpochDay());
      assertThat(TimeText.time(bytes(of))).as(of).isEqualTo(time.toNanoOfDay() / NANOS);
      assertThat(TimeText.dateTime(bytes(date + " " + of)))
          .isEqualTo(ChronoUnit.MICROS.between(EPOCH, date.atTime(time)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000-00-00",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-1-01",
        "2024-05-0x",
        "-024-05-01",
        "2024-05-011"
      })
  void whatIsNoDateIsLeftToTheDriver(String text) {
    assertThat(TimeText.date(bytes(text))).isEqualTo(TimeText.NONE);
    assertThat(TimeText.dateTime(bytes(text + " 00:00:00"))).isEqualTo(TimeText.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "24:00:00",
        "00:60:00",
        "00:00:60",
        "-01:00:00",
        "100:00:00",
        "00:00",
        "00:00:00.",
        "00:00:00.1234567",
        "00:00:00,1",
        "00:00:00.-1"
      })
  void whatIsNoTimeOfDayIsLeftToTheDriver(String text) {
    assertThat(TimeText.time(bytes(text))).isEqualTo(TimeText.NONE);
    assertThat(TimeText.dateTime(bytes("2024-05-01 " + text))).isEqualTo(TimeText.NONE);
  }
}
