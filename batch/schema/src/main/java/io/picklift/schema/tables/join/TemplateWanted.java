package io.picklift.schema.tables.join;

/**
 * A save has no value of its own to make a new one like, and nobody has asked yet what others have.
 */
final class TemplateWanted extends JoinException {
  private static final long serialVersionUID = 1L;

  TemplateWanted() {
    super(Reason.CELL, "", "has nothing in the save that it could be made like");
  }
}
