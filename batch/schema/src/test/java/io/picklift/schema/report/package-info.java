@NullMarked
package io.picklift.schema.report;

import org.jspecify.annotations.NullMarked;
