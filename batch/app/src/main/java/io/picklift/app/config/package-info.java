/** {@code picklift.yaml}, as {@code formats.md} section 5 describes it. */
@NullMarked
package io.picklift.app.config;

import org.jspecify.annotations.NullMarked;
