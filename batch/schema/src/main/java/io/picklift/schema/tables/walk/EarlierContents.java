package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.meaning.WellKnown;

/**
 * What objects and calls held for the builds that wrote residues of version 2: less than {@code
 * Contents} finds today. Their rows and documents are found again only by the rules they were
 * written by.
 */
final class EarlierContents {
  private final Meaning meaning;

  EarlierContents(Meaning meaning) {
    this.meaning = meaning;
  }

  /** The container that an object or call was given as its only argument; else -1. */
  int argument(int node) {
    boolean isOnly = MemberSpan.count(meaning.argumentSpan(node)) == 1;
    return isOnly ? meaning.contents().argument(node) : MappingWalk.ABSENT;
  }

  /** Shows the members of a value; nothing where it is no container. */
  void visit(int node, MemberVisitor visitor) {
    switch (meaning.kind(node)) {
      case OBJECT, CALL -> made(node, visitor);
      default -> meaning.contents().visit(node, visitor);
    }
  }

  private void made(int node, MemberVisitor visitor) {
    int argument = argument(node);
    long entries = meaning.entrySpan(node);
    if (meaning.wellKnown(node) instanceof WellKnown.Container container) {
      container.visit(node, visitor);
    } else if (argument >= 0) {
      visit(argument, visitor);
    } else if (MemberSpan.count(entries) > 0) {
      visitor.pairs(node, entries);
    } else {
      visitor.items(node, meaning.appendedSpan(node));
    }
  }
}
