package io.picklift.app.account;

/** What a person may do about a save that the tables own and the source wrote or deleted. */
public final class SideChoice {
  /** The row is not there. */
  public static final String GONE =
      "the source no longer has its row; 'writeback --take-tables --key K' adds it again";

  /** Follows what was written. */
  public static final String EITHER =
      "; 'writeback --take-tables --key K' writes the tables' save all the same, 'cutover --back"
          + " --take-source --key K' takes the source's";

  private SideChoice() {}
}
