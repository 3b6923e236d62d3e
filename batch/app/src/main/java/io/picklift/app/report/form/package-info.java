/**
 * The five forms of a report. All are written from one {@code ReportModel}. Start at {@code
 * Reports}.
 */
@NullMarked
package io.picklift.app.report.form;

import org.jspecify.annotations.NullMarked;
