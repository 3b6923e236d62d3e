package io.picklift.app.follow.log;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes events apart and puts the followed table's keys together by transaction. Events that may
 * change the table in a way that no key tells become the problem of their transaction. For one
 * thread.
 */
final class LogEvents {
  private static final int CHECKSUM = 4;
  private static final int QUERY_MOST = 1 << 16;
  private static final int TABLE_ID = 6;
  private static final int UUID = 16;
  private static final int ZSTD = 0;
  private static final int MARIA_STANDALONE = 1;

  private final TableLayout layout;
  private final Beside beside;
  private final LogSink sink;
  private final LogStart start;
  private final OpenTransaction open;
  private String file;
  private int checksum;
  private boolean wasStopped;

  /** Up to where in the file the sink was told of it. */
  private long told;

  private @Nullable String gtid;

  /**
   * @param beside what else is followed
   * @param start where the reading begins
   */
  LogEvents(TableLayout layout, Beside beside, LogStart start, LogSink sink) {
    this.layout = layout;
    this.beside = beside;
    this.start = start;
    this.sink = sink;
    file = start.file();
    told = start.offset();
    open = new OpenTransaction(layout, beside);
  }

  /** Whether events end with a checksum, as the server says when it is asked. */
  void checksum(boolean is) {
    checksum = is ? CHECKSUM : 0;
  }

  /** Reads one event of a packet. */
  void event(InputStream in) throws IOException {
    EventHeader header = EventHeader.read(new LogInput(in, EventHeader.BYTES));
    LogInput body = new LogInput(in, header.length() - EventHeader.BYTES);
    if (header.code() == EventCode.FORMAT) {
      format(body, header);
      return;
    }
    int after = checksum;
    body.without(after);
    body(header, body, header);
    body.passAll();
    new LogInput(in, after).passAll();
  }

  /**
   * @param place the event that is in the file: one in a compressed transaction has no place of its
   *     own
   */
  private void body(EventHeader header, LogInput in, EventHeader place) throws IOException {
    switch (header.code()) {
      case EventCode.QUERY -> query(in, place);
      case EventCode.XID -> commit(place);
      case EventCode.ROTATE -> rotate(in, header);
      case EventCode.STOP -> wasStopped = true;
      case EventCode.TABLE_MAP -> open.map(TableMap.read(in, open));
      case EventCode.FIRST_WRITE, EventCode.WRITE -> rows(header, in, RowImages.Change.INSERT);
      case EventCode.FIRST_UPDATE, EventCode.UPDATE -> rows(header, in, RowImages.Change.UPDATE);
      case EventCode.FIRST_DELETE, EventCode.DELETE -> rows(header, in, RowImages.Change.DELETE);
      case EventCode.PARTIAL_UPDATE -> {
        if (open.isOurs(in.little(TABLE_ID))) {
          open.problem("a change of a part of a JSON (binlog_row_value_options)");
        }
      }
      case EventCode.GTID -> mysqlGtid(in);
      case EventCode.MARIA_GTID -> mariaGtid(in);
      case EventCode.ANONYMOUS -> begin(null);
      case EventCode.TAGGED_GTID -> {
        begin(null);
        if (start.isByGtid()) {
          open.problem("a transaction with a tagged GTID");
        }
      }
      case EventCode.XA_PREPARE -> xaPrepare(in, place);
      case EventCode.PAYLOAD -> payload(in, place);
      case EventCode.INCIDENT -> alone("an incident: the server could not log what it did", place);
      case EventCode.BEGIN_LOAD, EventCode.EXECUTE_LOAD ->
          open.problem("a LOAD DATA that is logged as a statement");
      case EventCode.HEARTBEAT, EventCode.HEARTBEAT_2 -> atEnd(header);
      case EventCode.START,
          EventCode.INTVAR,
          EventCode.RAND,
          EventCode.USER_VAR,
          EventCode.IGNORABLE,
          EventCode.ROWS_QUERY,
          EventCode.PREVIOUS_GTIDS,
          EventCode.CONTEXT,
          EventCode.VIEW_CHANGE,
          EventCode.MARIA_ANNOTATE,
          EventCode.MARIA_CHECKPOINT,
          EventCode.MARIA_GTID_LIST,
          EventCode.MARIA_ENCRYPTION -> {}
      default -> {
        if (!header.isIgnorable()) {
          alone("an event of the unknown type " + header.code(), place);
        }
      }
    }
  }

  private void format(LogInput in, EventHeader header) throws IOException {
    in.pass(2 + 50);
    long created = in.little(4);
    byte[] rest = in.bytes(in.left());
    // The last five bytes are the kind of checksum, and this event's own.
    checksum = rest.length > CHECKSUM && rest[rest.length - 1 - CHECKSUM] == 1 ? CHECKSUM : 0;
    boolean isStart = created != 0 && !header.isArtificial() && start.isBefore(file);
    if (isStart && !wasStopped && !start.isDurable()) {
      alone(
          "the server died and was started again, and sync_binlog or innodb_flush_log_at_trx_commit"
              + " is not 1: the log may hold what the tables lost",
          header);
    }
    wasStopped = false;
  }

  private void rotate(LogInput in, EventHeader header) throws IOException {
    in.pass(8);
    file = in.text(in.left());
    told = OpenTransaction.FILE_BEGIN;
    if (!header.isArtificial() && !open.isBegun()) {
      emit(OpenTransaction.FILE_BEGIN, header.seconds());
    }
  }

  private void mysqlGtid(LogInput in) throws IOException {
    in.pass(1);
    String hex = HexFormat.of().formatHex(in.bytes(UUID));
    String uuid = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    begin(uuid + ":" + in.little(8));
  }

  private void mariaGtid(LogInput in) throws IOException {
    in.pass(8 + 4);
    begin(null);
    if ((in.u8() & MARIA_STANDALONE) == 0) {
      open.begin();
    }
  }

  private void begin(@Nullable String number) {
    gtid = number;
    open.clear();
  }

  private void rows(EventHeader header, LogInput in, RowImages.Change change) throws IOException {
    long id = in.little(TABLE_ID);
    in.pass(2);
    if (header.code() >= EventCode.WRITE) {
      in.pass(in.little(2) - 2);
    }
    open.rows(id, in, change);
  }

  private void query(LogInput in, EventHeader place) throws IOException {
    in.pass(8);
    int schemaLength = in.u8();
    in.pass(2);
    in.pass(in.little(2));
    String schema = in.text(schemaLength);
    in.pass(1);
    String sql = in.text(Math.min(in.left(), QUERY_MOST));
    Statement statement = Statement.of(sql, schema, layout);
    switch (statement.kind()) {
      case BEGIN -> open.begin();
      case COMMIT, ROLLBACK -> commit(place);
      case PASSING -> {}
      case XA_COMMIT -> {
        open.prepared(String.valueOf(statement.xid()));
        commit(place);
      }
      case XA_ROLLBACK -> {
        open.forget(String.valueOf(statement.xid()));
        commit(place);
      }
      case ROWS_UNTOLD -> {
        open.problem("a statement that is logged as text (" + word(sql) + ")");
        if (!open.isBegun()) {
          commit(place);
        }
      }
      case TABLE_CHANGED -> {
        open.problem("a change of the table itself (" + word(sql) + ")");
        commit(place);
      }
      case ELSEWHERE -> {
        if (beside.companions().stream().anyMatch(name -> Statement.has(sql, name))) {
          open.companionWritten();
        }
        if (!open.isBegun()) {
          commit(place);
        }
      }
    }
  }

  /** A statement's first words, and nothing of what it writes. */
  private static String word(String sql) {
    String words =
        sql.strip().replaceFirst("(?s)^(\\w+(?:\\s+(?:TABLE|DATABASE|SCHEMA|INDEX))?).*", "$1");
    return words.length() > 30 ? "?" : words.toUpperCase(Locale.ROOT);
  }

  private void xaPrepare(LogInput in, EventHeader place) throws IOException {
    boolean isOnePhase = in.u8() != 0;
    long format = in.little(4);
    int first = (int) in.little(4);
    int second = (int) in.little(4);
    HexFormat hex = HexFormat.of();
    String xid =
        Statement.xid(hex.formatHex(in.bytes(first)), hex.formatHex(in.bytes(second)), format);
    if (!isOnePhase) {
      open.prepare(xid);
    }
    commit(place);
  }

  private void payload(LogInput in, EventHeader place) throws IOException {
    long type = ZSTD;
    while (in.left() > 0) {
      int field = (int) in.packed();
      if (field == 0) {
        break;
      }
      long length = in.packed();
      if (field == 2) {
        type = in.packed();
      } else {
        in.pass(length);
      }
    }
    byte[] head = new byte[EventHeader.BYTES];
    // Memory that is not Java's is freed at once, and not when Java's is collected.
    try (InputStream plain = type == ZSTD ? new ZstdInputStream(in) : in) {
      while (plain.readNBytes(head, 0, head.length) == head.length) {
        EventHeader header =
            EventHeader.read(new LogInput(new java.io.ByteArrayInputStream(head), head.length));
        LogInput body = new LogInput(plain, header.length() - EventHeader.BYTES);
        body(header, body, place);
        body.passAll();
      }
    }
  }

  /** What stands for itself, whether a transaction is open or not. */
  private void alone(String problem, EventHeader place) {
    open.problem(problem);
    if (!open.isBegun()) {
      commit(place);
    }
  }

  private void commit(EventHeader place) {
    emit(place.end(), place.seconds());
  }

  /**
   * The server has nothing more to tell just now. Its log may go on behind the last transaction, as
   * that of a server that was started anew and rests does.
   */
  private void atEnd(EventHeader header) {
    if (!start.isByGtid() && !open.isBegun() && header.end() > told) {
      emit(header.end(), 0);
    }
  }

  private void emit(long end, long seconds) {
    told = end;
    sink.transaction(open.end(gtid, file, end, seconds));
    gtid = null;
  }
}
