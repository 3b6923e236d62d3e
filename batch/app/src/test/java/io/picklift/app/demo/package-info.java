@NullMarked
package io.picklift.app.demo;

import org.jspecify.annotations.NullMarked;
