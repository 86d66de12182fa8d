package org.kohsuke.stapler;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a setter that {@code DescribableModel} calls after construction. */
@Retention(RetentionPolicy.RUNTIME)
public @interface DataBoundSetter {}
