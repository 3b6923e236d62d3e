/** What verifying found, and the reports that say so. */
@NullMarked
package io.picklift.app.report;

import org.jspecify.annotations.NullMarked;
