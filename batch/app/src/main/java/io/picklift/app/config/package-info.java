/**
 * {@code picklift.yaml} as {@code batch/CONFIGURATION.md} describes it, read into records. Start
 * reading with {@code ConfigReader}. Only the file is checked here; whether a table has the columns
 * that the file names is checked in {@code source}.
 */
@NullMarked
package io.picklift.app.config;

import org.jspecify.annotations.NullMarked;
