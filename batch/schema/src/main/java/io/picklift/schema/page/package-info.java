/**
 * HTML pages made of a template and values, each one file that loads nothing else. The template
 * engine escapes by default; {@code page.css} is the look of all pages. What a page says is decided
 * where its values are made. Nothing of saves comes in here. Start with {@code Page}.
 */
@NullMarked
package io.picklift.schema.page;

import org.jspecify.annotations.NullMarked;
