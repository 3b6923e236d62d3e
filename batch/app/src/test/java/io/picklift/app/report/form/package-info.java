@NullMarked
package io.picklift.app.report.form;

import org.jspecify.annotations.NullMarked;
