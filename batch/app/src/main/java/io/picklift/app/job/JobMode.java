package io.picklift.app.job;

/** Which rows of the source a job reads. */
enum JobMode {
  /** Those that the ledger does not know. */
  MIGRATE,
  /** Those that are new or changed. */
  BACKFILL
}
