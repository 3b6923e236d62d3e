@NullMarked
package io.picklift.app.config;

import org.jspecify.annotations.NullMarked;
