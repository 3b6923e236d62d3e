package io.picklift.app.follow.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.picklift.app.source.SaveKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a server seldom writes, byte by byte. */
final class LogEventsTest {
  private static final int INT = WireType.LONG;
  private static final int TEXT = WireType.VARCHAR;
  private static final int IGNORABLE = 0x80;

  private final List<LoggedTransaction> told = new ArrayList<>();

  private LogEvents events(boolean isByGtid) {
    TableLayout layout =
        new TableLayout(
            "game", "saves", 2, List.of(new KeyColumn("id", 0, "int", null)), false, "");
    Beside beside = new Beside(Set.of(), layout.heartbeat("beats", new MysqlDataSource()), "me");
    LogStart start = new LogStart(isByGtid ? "" : null, "log.000001", 4, true);
    return new LogEvents(layout, beside, start, told::add);
  }

  private static byte[] event(int code, int flags, byte[] body) {
    int length = EventHeader.BYTES + body.length;
    ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    event.putInt(1_700_000_000).put((byte) code).putInt(1).putInt(length).putInt(4_000);
    event.putShort((short) flags).put(body);
    return event.array();
  }

  private static byte[] bytes(Object... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String text) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      } else if (part instanceof byte[] some) {
        out.write(some);
      } else {
        out.write((Integer) part);
      }
    }
    return out.toByteArray();
  }

  private static byte[] query(String sql) throws IOException {
    return event(EventCode.QUERY, 0, bytes(new byte[8], 4, 0, 0, 0, 0, "game", 0, sql));
  }

  private static byte[] map(int id, String table, int first, int second) throws IOException {
    int lengths = WireType.metaBytes(first) + WireType.metaBytes(second);
    byte[] head = bytes(id, new byte[5], 0, 0, 4, "game", 0, table.length(), table, 0);
    byte[] meta = bytes(lengths, java.util.Arrays.copyOf(new byte[] {4}, lengths));
    return event(EventCode.TABLE_MAP, 0, bytes(head, 2, first, second, meta, 0));
  }

  private static byte[] xid() {
    return event(EventCode.XID, 0, new byte[8]);
  }

  private void read(LogEvents events, byte[]... all) throws IOException {
    for (byte[] one : all) {
      events.event(new ByteArrayInputStream(one));
    }
  }

  private List<String> problems() {
    return told.stream().map(it -> String.valueOf(it.problem())).toList();
  }

  @Test
  void anIncidentIsAProblem() throws Exception {
    read(events(false), event(EventCode.INCIDENT, 0, bytes(1, 0, 4, "lost")));
    assertThat(problems()).hasSize(1).first().asString().contains("an incident");
  }

  /** 165 to 171 are those that MariaDB compresses. */
  @ParameterizedTest
  @ValueSource(ints = {99, 165, 166, 167, 168, 169, 170, 171})
  void anUnknownEventIsAProblemOfItsTransaction(int code) throws Exception {
    byte[] unknown = event(code, 0, new byte[20]);
    read(events(false), unknown, query("BEGIN"), unknown, xid());
    assertThat(problems())
        .hasSize(2)
        .allMatch(it -> it.contains("an event of the unknown type " + code));
  }

  @Test
  void anUnknownEventThatMayBePassedOverIsNone() throws Exception {
    read(events(false), event(99, IGNORABLE, new byte[20]), query("BEGIN"), xid());
    assertThat(problems()).containsExactly("null");
  }

  @Test
  void aTaggedGtidIsAProblemWherePlacesAreGtids() throws Exception {
    byte[] tagged = event(EventCode.TAGGED_GTID, 0, new byte[40]);
    read(events(true), tagged, query("BEGIN"), xid());
    read(events(false), tagged, query("BEGIN"), xid());
    assertThat(problems()).containsExactly("a transaction with a tagged GTID", "null");
  }

  @Test
  void aPartOfAJsonIsAProblemOfTheFollowedTableAlone() throws Exception {
    byte[] rows = event(EventCode.PARTIAL_UPDATE, 0, bytes(7, new byte[30]));
    read(events(false), query("BEGIN"), map(7, "saves", INT, WireType.JSON), rows, xid());
    read(events(false), query("BEGIN"), map(7, "others", INT, WireType.JSON), rows, xid());
    assertThat(problems()).hasSize(2);
    assertThat(problems().get(0)).contains("a part of a JSON");
    assertThat(problems().get(1)).isEqualTo("null");
  }

  @Test
  void aDecisionWhosePreparationWasNotSeenIsAProblem() throws Exception {
    read(events(false), query("XA COMMIT X'6f6e65',X'',1"), query("XA ROLLBACK X'74776f',X'',1"));
    assertThat(problems()).containsExactly("an XA COMMIT whose XA PREPARE was not seen", "null");
    assertThat(told).allMatch(it -> it.xa() != null && !it.xa().isPrepare());
  }

  @Test
  void aKeyOfAnotherTypeIsAProblem() throws Exception {
    read(events(false), query("BEGIN"), map(7, "saves", TEXT, WireType.BLOB), xid());
    assertThat(problems()).hasSize(1).first().asString().contains("another type of 'saves.id'");
  }

  @Test
  void theTimeComesBackFromTheOwnRowAlone() throws Exception {
    byte[] big = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(42).array();
    byte[] mine = bytes(0, 2, "me", big);
    byte[] other = bytes(0, 3, "you", new byte[] {99, 0, 0, 0, 0, 0, 0, 0});
    byte[] rows = event(EventCode.WRITE, 0, bytes(8, new byte[5], 0, 0, 2, 0, 2, 3, mine, other));
    read(events(false), query("BEGIN"), map(8, "beats", TEXT, WireType.LONGLONG), rows, xid());
    assertThat(told).extracting(LoggedTransaction::beat).containsExactly(42L);
    assertThat(told.get(0).keys()).isEqualTo(Map.<SaveKey, Boolean>of());
  }
}
