package io.picklift.app.follow.log;

/** The servers' numbers of events. */
final class EventCode {
  static final int START = 1;
  static final int QUERY = 2;
  static final int STOP = 3;
  static final int ROTATE = 4;
  static final int INTVAR = 5;
  static final int RAND = 13;
  static final int USER_VAR = 14;
  static final int FORMAT = 15;
  static final int XID = 16;
  static final int BEGIN_LOAD = 17;
  static final int EXECUTE_LOAD = 18;
  static final int TABLE_MAP = 19;
  static final int FIRST_WRITE = 23;
  static final int FIRST_UPDATE = 24;
  static final int FIRST_DELETE = 25;
  static final int INCIDENT = 26;
  static final int HEARTBEAT = 27;
  static final int IGNORABLE = 28;
  static final int ROWS_QUERY = 29;
  static final int WRITE = 30;
  static final int UPDATE = 31;
  static final int DELETE = 32;
  static final int GTID = 33;
  static final int ANONYMOUS = 34;
  static final int PREVIOUS_GTIDS = 35;
  static final int CONTEXT = 36;
  static final int VIEW_CHANGE = 37;
  static final int XA_PREPARE = 38;
  static final int PARTIAL_UPDATE = 39;
  static final int PAYLOAD = 40;
  static final int HEARTBEAT_2 = 41;
  static final int TAGGED_GTID = 42;
  static final int MARIA_ANNOTATE = 160;
  static final int MARIA_CHECKPOINT = 161;
  static final int MARIA_GTID = 162;
  static final int MARIA_GTID_LIST = 163;
  static final int MARIA_ENCRYPTION = 164;

  private EventCode() {}
}
