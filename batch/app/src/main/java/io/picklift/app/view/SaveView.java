package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.ValuePath;

/** A save as a person names its parts: attributes, keys and places, however they were pickled. */
public final class SaveView {
  /** Where there is nothing. */
  public static final int NOTHING = -1;

  private final Meaning meaning;

  public SaveView(Meaning meaning) {
    this.meaning = meaning;
  }

  public Meaning meaning() {
    return meaning;
  }

  /** Is shown one member after the other. */
  public interface Members {
    /** An attribute of an object. */
    void attribute(String name, int node);

    /** A pair of a dict. */
    void pair(int key, int value);

    /** A member of a list, tuple, set, deque or of an object's arguments. */
    void item(int place, int node);
  }

  /** Shows all members of a value: arguments, attributes, items, pairs. */
  public void members(int node, Members members) {
    WellKnown known = meaning.wellKnown(node);
    Kind kind = meaning.kind(node);
    if (known == null && (kind == Kind.OBJECT || kind == Kind.CALL)) {
      made(node, members);
    } else {
      meaning.contents().visit(node, shown(members));
    }
  }

  private MemberVisitor shown(Members members) {
    return new MemberVisitor() {
      @Override
      public void items(int holder, long items) {
        SaveView.this.items(items, members);
      }

      @Override
      public void pairs(int holder, long pairs) {
        SaveView.this.pairs(pairs, members);
      }
    };
  }

  private void made(int node, Members members) {
    items(meaning.argumentSpan(node), members);
    attributes(meaning.keywordSpan(node), members);
    long states = meaning.stateSpan(node);
    for (int i = 0; i < MemberSpan.count(states); i++) {
      state(meaning.member(MemberSpan.start(states) + i), members);
    }
    items(meaning.appendedSpan(node), members);
    pairs(meaning.entrySpan(node), members);
  }

  /** A dict of attributes, or a pair of such a dict and one of slots; else a value of its own. */
  private void state(int state, Members members) {
    if (meaning.kind(state) == Kind.DICT) {
      attributes(meaning.itemSpan(state), members);
      return;
    }
    long parts = meaning.kind(state) == Kind.TUPLE ? meaning.itemSpan(state) : MemberSpan.EMPTY;
    boolean isPair = MemberSpan.count(parts) == 2;
    for (int i = 0; i < MemberSpan.count(parts); i++) {
      Kind kind = meaning.kind(meaning.member(MemberSpan.start(parts) + i));
      isPair &= kind == Kind.DICT || kind == Kind.NONE;
    }
    if (!isPair) {
      members.attribute("$state", state);
      return;
    }
    for (int i = 0; i < 2; i++) {
      int part = meaning.member(MemberSpan.start(parts) + i);
      if (meaning.kind(part) == Kind.DICT) {
        attributes(meaning.itemSpan(part), members);
      }
    }
  }

  private void attributes(long pairs, Members members) {
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      int name = meaning.member(MemberSpan.start(pairs) + i);
      int value = meaning.member(MemberSpan.start(pairs) + i + 1);
      if (meaning.isText(name)) {
        members.attribute(meaning.text(name), value);
      } else {
        members.pair(name, value);
      }
    }
  }

  private void pairs(long pairs, Members members) {
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      members.pair(
          meaning.member(MemberSpan.start(pairs) + i),
          meaning.member(MemberSpan.start(pairs) + i + 1));
    }
  }

  private void items(long items, Members members) {
    for (int i = 0; i < MemberSpan.count(items); i++) {
      members.item(i, meaning.member(MemberSpan.start(items) + i));
    }
  }

  /** The value at a path from the root, or {@link #NOTHING}. */
  public int find(ValuePath path) {
    int node = meaning().root();
    for (ValuePath.Step step : path.steps()) {
      if (node == NOTHING) {
        break;
      }
      if (step instanceof ValuePath.Name name) {
        node = named(node, name.name());
      } else {
        node = at(node, ((ValuePath.Place) step).place());
      }
    }
    return node;
  }

  /** The attribute, or the value of the text key, of that name. */
  public int named(int node, String name) {
    Finder finder =
        new Finder() {
          @Override
          public void attribute(String attribute, int value) {
            found(attribute.equals(name), value);
          }

          @Override
          public void pair(int key, int value) {
            found(meaning.isText(key) && meaning.text(key).equals(name), value);
          }
        };
    members(node, finder);
    return finder.node;
  }

  /** The member at a place, or the value of the int key. */
  public int at(int node, int place) {
    Finder finder =
        new Finder() {
          @Override
          public void item(int at, int value) {
            found(at == place, value);
          }

          @Override
          public void pair(int key, int value) {
            found(
                meaning.kind(key) == Kind.INT
                    && meaning.fitsLong(key)
                    && meaning.longValue(key) == place,
                value);
          }
        };
    members(node, finder);
    return finder.node;
  }

  private static class Finder implements Members {
    int node = NOTHING;

    void found(boolean matches, int value) {
      if (matches) {
        node = value;
      }
    }

    @Override
    public void attribute(String name, int value) {}

    @Override
    public void pair(int key, int value) {}

    @Override
    public void item(int place, int value) {}
  }
}
