package io.picklift.schema.tables.fill;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.schema.residue.NodeValues;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.values.NaturalOps;
import io.picklift.schema.tables.values.PythonText;
import io.picklift.schema.tables.values.Scalar;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The values that go back into the places of those that were taken. */
public final class ValueFill implements NodeValues {
  /** Op, two operands, and whether it is filled. */
  private static final int NODE = 2 * Integer.BYTES + 2;

  private static final int STAND_IN = 66;

  private final Residue residue;
  private final int protocol;
  private final byte[] ops;
  private final int[] a;
  private final int[] b;
  private final boolean[] filled;
  private final ByteOutput pool;

  /** {@code 2 ** 520} and a node's number below: an int that nobody has, lowest byte first. */
  private final ByteBuffer standInInt =
      ByteBuffer.allocate(STAND_IN).order(ByteOrder.LITTLE_ENDIAN).put(STAND_IN - 1, (byte) 1);

  public ValueFill(Residue residue) {
    this.residue = residue;
    protocol = residue.style().protocol();
    ops = new byte[residue.size()];
    a = new int[residue.size()];
    b = new int[residue.size()];
    filled = new boolean[residue.size()];
    pool = residue.pool();
  }

  /**
   * The heap that the values of {@link #distinct} and those of the rows take: for each node its
   * value, and what stands for it, and their pools, which double while they grow.
   */
  public static long footprint(Residue residue, SaveRows rows) {
    return 2 * NODE * (long) residue.size()
        + (STAND_IN + 2) * (long) residue.size()
        + 3 * rows.footprint()
        + 6 * (long) residue.textLength();
  }

  /** Gives each taken node a value of its kind that no other has, so that keys stay different. */
  public static ValueFill distinct(Residue residue) {
    ValueFill fill = new ValueFill(residue);
    for (int node = 0; node < residue.size(); node++) {
      if (residue.isTaken(node)) {
        fill.standIn(node);
      }
    }
    return fill;
  }

  /** Gives a node a value of its kind that no other has. */
  public void standIn(int node) {
    switch (Op.kind(residue.op(node))) {
      case BOOL -> set(node, residue.op(node), 0, 0);
      case INT -> {
        standInInt.putInt(0, node);
        slice(node, Op.LONG1, standInInt.array());
      }
      case FLOAT -> set(node, Op.BINFLOAT, 0x7fef_ffff, node);
      default -> {
        byte[] text = ("\u0001picklift\u0001" + node).getBytes(StandardCharsets.US_ASCII);
        slice(node, NaturalOps.ofKind(Op.kind(residue.op(node))), text);
      }
    }
  }

  /** The bytes that slices are of. */
  public byte[] pool() {
    return pool.toArray();
  }

  public boolean isFilled(int node) {
    return filled[node];
  }

  /** Takes the value of a node out again. */
  public void empty(int node) {
    filled[node] = false;
  }

  /** Puts a value of a plain type (NONE, BOOL, INT, FLOAT, TEXT, BYTES) into a node. */
  public void put(int node, Scalar value) {
    int kindOp = residue.op(node);
    Kind kind = Op.kind(kindOp);
    switch (value.type) {
      case BOOL -> set(node, NaturalOps.ofBool(value.number == 1, protocol), 0, 0);
      case INT -> integer(node, kind == Kind.INT ? kindOp : Op.BININT, value);
      case FLOAT -> {
        if ((kind == Kind.FLOAT && kindOp != Op.BINFLOAT)
            || NaturalOps.ofFloat(protocol) == Op.FLOAT) {
          slice(node, Op.FLOAT, PythonText.repr(value.real));
        } else {
          long bits = Double.doubleToRawLongBits(value.real);
          set(node, Op.BINFLOAT, (int) (bits >> Integer.SIZE), (int) bits);
        }
      }
      case TEXT, BYTES -> {
        Kind given = value.type == Scalar.Type.TEXT ? Kind.STR : Kind.BYTES;
        boolean fits =
            kind == given
                || kind == Kind.PY2_STR
                || (value.type == Scalar.Type.BYTES && kind == Kind.BYTEARRAY);
        bytes(node, fits ? kind : given, fits ? kindOp : NaturalOps.ofKind(given), value);
      }
      default -> set(node, Op.NONE, 0, 0);
    }
  }

  private void integer(int node, int kindOp, Scalar value) {
    BigInteger big = value.isBig ? value.big : BigInteger.valueOf(value.number);
    int op = kindOp == Op.BININT ? NaturalOps.ofInt(big, protocol) : kindOp;
    switch (op) {
      case Op.BININT, Op.BININT1, Op.BININT2 -> set(node, op, (int) value.number, 0);
      case Op.LONG1, Op.LONG4 -> {
        byte[] bytes = NaturalOps.littleEndian(big);
        slice(node, bytes.length > 255 ? Op.LONG4 : op, bytes);
      }
      default -> slice(node, op, NaturalOps.decimal(big));
    }
  }

  private void bytes(int node, Kind kind, int kindOp, Scalar value) {
    int natural = NaturalOps.ofBytes(kind, value.length, protocol);
    int op = kindOp == NaturalOps.ofKind(kind) ? natural : kindOp;
    if (op == Op.UNICODE) {
      slice(node, op, PythonText.rawUnicodeEscape(value.bytes, value.offset, value.length));
    } else if (op == Op.STRING) {
      slice(node, op, PythonText.quoted(value.bytes, value.offset, value.length));
    } else {
      int at = pool.size();
      pool.put(value.bytes, value.offset, value.length);
      set(node, op, at, value.length);
    }
  }

  private void slice(int node, int op, byte[] bytes) {
    int at = pool.size();
    pool.put(bytes, 0, bytes.length);
    set(node, op, at, bytes.length);
  }

  private void set(int node, int op, int first, int second) {
    ops[node] = (byte) op;
    a[node] = first;
    b[node] = second;
    filled[node] = true;
  }

  @Override
  public int op(int node, int kindOp) {
    return ops[node];
  }

  @Override
  public int a(int node) {
    return a[node];
  }

  @Override
  public int b(int node) {
    return b[node];
  }
}
