@NullMarked
package io.picklift.app.view;

import org.jspecify.annotations.NullMarked;
