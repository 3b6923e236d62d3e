/**
 * Pages of HTML from templates that escape by default: no text of a save or a source becomes
 * markup, whoever forgets it. Each page is one file that loads nothing.
 */
@NullMarked
package io.picklift.app.page;

import org.jspecify.annotations.NullMarked;
