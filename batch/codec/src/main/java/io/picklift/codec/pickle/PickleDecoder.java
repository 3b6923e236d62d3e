package io.picklift.codec.pickle;

import static io.picklift.codec.error.ErrorCode.FRAME_LENGTH;
import static io.picklift.codec.error.ErrorCode.LENGTH_NEGATIVE;
import static io.picklift.codec.error.ErrorCode.LIMIT_BYTES;
import static io.picklift.codec.error.ErrorCode.MEMO_INDEX;
import static io.picklift.codec.error.ErrorCode.OPCODE_UNKNOWN;
import static io.picklift.codec.error.ErrorCode.PROTOCOL_UNSUPPORTED;
import static io.picklift.codec.error.ErrorCode.STOP_MISSING;
import static io.picklift.codec.pickle.OpcodeInput.INT;
import static io.picklift.codec.pickle.OpcodeInput.INT_BIG;
import static io.picklift.codec.pickle.PickleMachine.NO_CHUNK;
import static io.picklift.codec.pickle.PickleMachine.STEP;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.text.Utf8;

/**
 * Decodes a pickle of protocol 0 to 5 into a {@link SaveGraph} in one pass, inert and without
 * recursion. What is refused and how text is read follows CPython 3.13's {@code Modules/_pickle.c};
 * the names of its functions stand beside what was learned from them.
 *
 * <p>One decoder serves many pickles, one after the other, so that its arrays grow once. It is not
 * for more than one thread.
 */
public final class PickleDecoder {
  private final Limits limits;
  private final PickleMachine machine;
  private final OpcodeInput input;
  private final StyleRecorder style;
  private final TextArguments texts = new TextArguments();

  public PickleDecoder(Limits limits) {
    this.limits = limits;
    machine = new PickleMachine(limits);
    input = machine.input;
    style = machine.style;
  }

  /**
   * Decodes {@code pickle}, which the graph keeps a reference to: do not change it afterwards.
   *
   * @throws MalformedException if the pickle is one of those that {@code proto/DECODING.md} refuses
   * @throws LimitException if it goes beyond a limit
   */
  public SaveGraph decode(byte[] pickle) throws CodecException {
    machine.reset(pickle);
    if (input.end > limits.bytes()) {
      throw new LimitException(LIMIT_BYTES, "bytes", limits.bytes(), -1, "");
    }
    try {
      run();
      int root = machine.pop();
      return machine.graph.build(root, style.finish(pickle, input.pos, machine.protocol));
    } finally {
      machine.shrink();
    }
  }

  private void run() throws CodecException {
    PickleMachine machine =
        this.machine; // locals: the loop calls too much to keep fields in registers
    OpcodeInput input = this.input;
    while (true) {
      if (input.pos >= input.end) {
        input.start = input.end;
        throw new MalformedException(STOP_MISSING, "the bytes end before STOP", input.end, "");
      }
      input.start = input.pos;
      int opcode = input.in[input.pos++] & 0xff;
      switch (opcode) {
        case Opcode.BINGET -> machine.get(input.memoIndex1());
        case Opcode.MEMOIZE -> {
          int node = machine.peek();
          machine.putMemo(machine.memo.count(), node);
          style.memoize(node);
        }
        case Opcode.SHORT_BINUNICODE -> machine.text(Op.SHORT_BINUNICODE, input.count1());
        case Opcode.LONG_BINGET -> machine.get(input.memoIndex4());
        case Opcode.BINPUT -> {
          int index = input.memoIndex1();
          int node = machine.peek();
          machine.putMemo(index, node);
          style.put(node, index, 1);
        }
        case Opcode.LONG_BINPUT -> {
          long index = input.memoIndex4();
          int node = machine.peek();
          machine.putMemo(index, node);
          style.put(node, index, 4);
        }
        case Opcode.BININT1 -> machine.push(Op.BININT1, input.in[input.advance(1)] & 0xff, 0);
        case Opcode.BININT2 -> {
          int at = input.advance(2);
          machine.push(Op.BININT2, (input.in[at] & 0xff) | ((input.in[at + 1] & 0xff) << 8), 0);
        }
        case Opcode.BININT -> machine.push(Op.BININT, (int) INT.get(input.in, input.advance(4)), 0);
        case Opcode.BINUNICODE -> machine.text(Op.BINUNICODE, input.count4());
        case Opcode.MARK -> machine.mark();
        case Opcode.APPENDS -> {
          machine.addItems(ChunkKind.APPENDS, machine.popMark());
        }
        case Opcode.SETITEMS -> {
          machine.setItems(ChunkKind.SETITEMS, machine.popMark());
        }
        case Opcode.EMPTY_DICT -> machine.push(Op.EMPTY_DICT, 0, NO_CHUNK);
        case Opcode.EMPTY_LIST -> machine.push(Op.EMPTY_LIST, 0, NO_CHUNK);
        case Opcode.EMPTY_TUPLE -> machine.push(Op.EMPTY_TUPLE, 0, 0);
        case Opcode.NEWOBJ -> machine.newObject();
        case Opcode.BUILD -> machine.build();
        case Opcode.NONE -> machine.push(Op.NONE, 0, 0);
        case Opcode.NEWTRUE -> machine.push(Op.NEWTRUE, 0, 0);
        case Opcode.NEWFALSE -> machine.push(Op.NEWFALSE, 0, 0);
        case Opcode.BINFLOAT -> {
          int at = input.advance(8);
          machine.push(
              Op.BINFLOAT, (int) INT_BIG.get(input.in, at), (int) INT_BIG.get(input.in, at + 4));
        }
        case Opcode.APPEND -> {
          if (machine.top - 1 <= machine.fence) {
            throw input.underflow();
          }
          machine.addItems(ChunkKind.APPEND, machine.top - 1);
        }
        case Opcode.SETITEM -> {
          if (machine.top - 2 <= machine.fence) {
            throw input.underflow();
          }
          machine.setItems(ChunkKind.SETITEM, machine.top - 2);
        }
        case Opcode.TUPLE -> {
          int from = machine.popMark();
          machine.tuple(Op.TUPLE, machine.top - from);
        }
        case Opcode.TUPLE1 -> machine.smallTuple(Op.TUPLE1, 1);
        case Opcode.TUPLE2 -> machine.smallTuple(Op.TUPLE2, 2);
        case Opcode.TUPLE3 -> machine.smallTuple(Op.TUPLE3, 3);
        case Opcode.REDUCE -> machine.reduce();
        case Opcode.STACK_GLOBAL -> machine.stackGlobal();
        case Opcode.FRAME -> frame();
        case Opcode.STOP -> {
          if (input.pos < input.end) {
            machine.checkMemory(input.end - input.pos);
          }
          return;
        }
        default -> rare(opcode);
      }
    }
  }

  private void rare(int opcode) throws CodecException {
    switch (opcode) {
      case Opcode.INT -> {
        int length = input.line(1);
        int bool = texts.checkInt(input.in, input.pos - length - 1, length, limits);
        refuse(texts.failure(), "the text is no integer");
        if (bool >= 0) {
          style.bool(input.in, input.pos - length - 1, bool);
          machine.push(bool == 1 ? Op.INT_TRUE : Op.INT_FALSE, 0, 0);
        } else {
          machine.push(Op.INT, input.pos - length - 1, length);
        }
      }
      case Opcode.LONG -> {
        int length = input.line(1);
        int at = input.pos - length - 1;
        boolean suffix = input.in[at + length - 1] == 'L';
        length -= suffix ? 1 : 0;
        texts.checkLong(input.in, at, length, limits);
        refuse(texts.failure(), "the text is no integer");
        style.longText(suffix);
        machine.push(Op.LONG, at, length);
      }
      case Opcode.LONG1 -> {
        int length = input.count1();
        machine.push(Op.LONG1, input.advance(length), length);
      }
      case Opcode.LONG4 -> {
        int length = (int) INT.get(input.in, input.advance(4));
        if (length < 0) {
          throw input.fail(LENGTH_NEGATIVE, "the length is below zero");
        }
        machine.push(Op.LONG4, input.advance(length), length);
      }
      case Opcode.FLOAT -> {
        int length = input.line(1);
        texts.checkFloat(input.in, input.pos - length - 1, length);
        refuse(texts.failure(), "the text is no float, or too large for one");
        machine.push(Op.FLOAT, input.pos - length - 1, length);
      }
      case Opcode.STRING -> {
        int length = input.line(0);
        texts.checkString(input.in, input.pos - length - 1, length);
        refuse(texts.failure(), "the text is not quoted, or an escape is not complete");
        machine.push(Op.STRING, input.pos - length - 1, machine.checkLength(length));
      }
      case Opcode.UNICODE -> {
        int length = input.line(0);
        texts.checkUnicode(input.in, input.pos - length - 1, length);
        refuse(texts.failure(), "an escape is not complete");
        machine.push(Op.UNICODE, input.pos - length - 1, machine.checkLength(length));
      }
      case Opcode.BINSTRING -> machine.slice(Op.BINSTRING, input.count4());
      case Opcode.SHORT_BINSTRING -> machine.slice(Op.SHORT_BINSTRING, input.count1());
      case Opcode.BINUNICODE8 -> machine.text(Op.BINUNICODE8, input.count8());
      case Opcode.BINBYTES -> machine.slice(Op.BINBYTES, input.count4());
      case Opcode.SHORT_BINBYTES -> machine.slice(Op.SHORT_BINBYTES, input.count1());
      case Opcode.BINBYTES8 -> machine.slice(Op.BINBYTES8, input.count8());
      case Opcode.BYTEARRAY8 -> machine.slice(Op.BYTEARRAY8, input.count8());
      case Opcode.LIST -> machine.list();
      case Opcode.DICT -> machine.dict();
      case Opcode.EMPTY_SET -> machine.push(Op.EMPTY_SET, 0, NO_CHUNK);
      case Opcode.ADDITEMS -> {
        machine.addItems(ChunkKind.ADDITEMS, machine.popMark());
      }
      case Opcode.FROZENSET -> {
        int from = machine.popMark();
        machine.tuple(Op.FROZENSET, machine.top - from);
      }
      case Opcode.GLOBAL -> machine.global();
      case Opcode.INST -> machine.inst();
      case Opcode.OBJ -> machine.obj();
      case Opcode.NEWOBJ_EX -> machine.newObjectEx();
      case Opcode.PERSID -> {
        int length = input.line(0);
        if (!Utf8.isAscii(input.in, input.pos - length - 1, length)) {
          throw input.fail(ErrorCode.NAME_TEXT, "the persistent id is not ASCII");
        }
        machine.push(Op.PERSID, input.pos - length - 1, length);
      }
      case Opcode.BINPERSID -> machine.push(Op.BINPERSID, machine.pop(), 0);
      case Opcode.EXT1 -> machine.extension(Op.EXT1, input.in[input.advance(1)] & 0xff);
      case Opcode.EXT2 -> {
        int at = input.advance(2);
        machine.extension(Op.EXT2, (input.in[at] & 0xff) | ((input.in[at + 1] & 0xff) << 8));
      }
      case Opcode.EXT4 -> machine.extension(Op.EXT4, (int) INT.get(input.in, input.advance(4)));
      case Opcode.NEXT_BUFFER -> machine.push(Op.NEXT_BUFFER, machine.buffers++, 0);
      case Opcode.READONLY_BUFFER -> machine.readonlyBuffer();
      case Opcode.POP -> machine.popAny();
      case Opcode.POP_MARK -> machine.top = machine.popMark();
      case Opcode.DUP -> {
        style.irregular();
        machine.pushNode(machine.peek());
      }
      case Opcode.GET -> {
        int length = input.line(1);
        long index = texts.memoIndex(input.in, input.pos - length - 1, length);
        if (index < 0) {
          throw input.fail(MEMO_INDEX, "the memo index is no number from 0");
        }
        style.getText(texts.isCanonicalIndex());
        machine.get(index);
      }
      case Opcode.PUT -> {
        int length = input.line(1);
        int node = machine.peek();
        long index = texts.memoIndex(input.in, input.pos - length - 1, length);
        if (index < 0) {
          throw input.fail(MEMO_INDEX, "the memo index is no number from 0");
        }
        machine.putMemo(index, node);
        style.put(node, index, texts.isCanonicalIndex() ? 0 : -1);
      }
      case Opcode.PROTO -> {
        int value = input.in[input.advance(1)] & 0xff;
        if (value > Opcode.HIGHEST_PROTOCOL) {
          throw input.fail(
              PROTOCOL_UNSUPPORTED, "protocol " + value + " is not known, the highest is 5");
        }
        machine.protocol = value;
        style.proto(input.start);
      }
      default -> throw input.fail(OPCODE_UNKNOWN, "no protocol has this opcode");
    }
  }

  private void frame() throws CodecException {
    long length = input.count8();
    if (length < 0 || length > input.end - input.pos) {
      throw input.fail(FRAME_LENGTH, "the frame is longer than the bytes that are left");
    }
    style.frame(input.start, length);
    if (style.frames() > STEP) {
      machine.checkMemory();
    }
  }

  private void refuse(TextArguments.Failure failure, String reason) throws CodecException {
    switch (failure) {
      case NONE -> {}
      case DIGITS ->
          throw new LimitException(
              ErrorCode.LIMIT_TEXT_INTEGER_DIGITS,
              "textIntegerDigits",
              limits.textIntegerDigits(),
              input.start,
              input.opcodeName());
      case INTEGER -> throw input.fail(ErrorCode.INTEGER_TEXT, reason);
      case FLOAT -> throw input.fail(ErrorCode.FLOAT_TEXT, reason);
      case STRING -> throw input.fail(ErrorCode.STRING_TEXT, reason);
      case UNICODE -> throw input.fail(ErrorCode.UNICODE_TEXT, reason);
    }
  }
}
