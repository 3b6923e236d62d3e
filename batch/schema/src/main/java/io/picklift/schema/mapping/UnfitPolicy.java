package io.picklift.schema.mapping;

/** What becomes of a value that its column cannot hold exactly. */
public enum UnfitPolicy {
  /** It stays in the residue, and is counted. */
  RESIDUE,
  /** The whole save goes to the quarantine, with the value's path as the reason. */
  QUARANTINE
}
