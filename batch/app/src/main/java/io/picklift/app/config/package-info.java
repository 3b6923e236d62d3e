/** {@code picklift.yaml}, as {@code batch/CONFIGURATION.md} describes it. */
@NullMarked
package io.picklift.app.config;

import org.jspecify.annotations.NullMarked;
