/**
 * What a verification found, counted and grouped by cause: one {@code ReportModel}, from which
 * {@code report.form} writes each form. Start reading with {@code VerifyReport}. How findings are
 * made is in {@code verify}.
 */
@NullMarked
package io.picklift.app.report;

import org.jspecify.annotations.NullMarked;
