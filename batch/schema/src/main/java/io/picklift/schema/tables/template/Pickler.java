package io.picklift.schema.tables.template;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.schema.residue.Residue;

/**
 * Which pickler wrote a save: parts of one are made like those of saves by the same. Python 3 does
 * not load a date that is written as Python 2 writes it.
 *
 * @param isPython2 whether there is text of Python 2 in it
 */
public record Pickler(int protocol, boolean isPython2) {
  /** The first protocol that Python 2 does not have. */
  private static final int PYTHON_3 = 3;

  /**
   * That of a residue's save.
   *
   * @throws DamagedException if that is no residue
   */
  public static Pickler of(byte[] residue, Limits limits) throws DamagedException, LimitException {
    Residue read = Residue.read(residue, limits);
    int protocol = read.style().protocol();
    boolean isPython2 = false;
    for (int node = 0; protocol < PYTHON_3 && !isPython2 && node < read.size(); node++) {
      isPython2 = Op.kind(read.op(node)) == Kind.PY2_STR;
    }
    return new Pickler(protocol, isPython2);
  }
}
