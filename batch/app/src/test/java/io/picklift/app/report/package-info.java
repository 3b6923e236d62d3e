@NullMarked
package io.picklift.app.report;

import org.jspecify.annotations.NullMarked;
