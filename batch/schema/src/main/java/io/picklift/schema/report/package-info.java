/**
 * The files that {@code profile} writes: {@code profile.json}, {@code profile.html} with its
 * diagram, and by what names. They show profiles and decide nothing. Start with {@code
 * ProfileFiles}.
 */
@NullMarked
package io.picklift.schema.report;

import org.jspecify.annotations.NullMarked;
