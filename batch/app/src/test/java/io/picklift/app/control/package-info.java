@org.jspecify.annotations.NullMarked
package io.picklift.app.control;
