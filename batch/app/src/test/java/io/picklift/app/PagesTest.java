package io.picklift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project's pages and sources refer only to what is in the project. */
final class PagesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

  /** The project's pages have names in capitals; files that commands write do not. */
  private static final Pattern PAGE =
      Pattern.compile("(?<![\\w-])[\\w./]*\\b[A-Z]\\w*\\.md\\b|\\bformats\\.md");

  /** A class name in the map, with or without its package, like {@code target/SaveStore}. */
  private static final Pattern CLASS =
      Pattern.compile("`(?:[a-z]+/)*([A-Z][a-z]\\w*[A-Za-z])(?:\\.java)?`");

  @Test
  void linksOfThePagesLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPackageSaysWhatIsBehindTheDoor() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path source : files("package-info.java")) {
      boolean isMain = source.toString().contains("/src/main/");
      if (isMain && !Files.readString(source, StandardCharsets.UTF_8).startsWith("/**")) {
        silent.add(ROOT.relativize(source).toString());
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void sourcesReferOnlyToPagesOfTheProject() throws IOException {
    Set<String> pages =
        files(".md").stream()
            .map(page -> String.valueOf(page.getFileName()))
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (String ending : List.of(".java", ".py", ".proto", ".sql", ".sh", ".yaml")) {
      for (Path source : files(ending)) {
        Matcher page = PAGE.matcher(Files.readString(source, StandardCharsets.UTF_8));
        while (page.find()) {
          String name = String.valueOf(Path.of(page.group()).getFileName());
          if (!pages.contains(name) && !source.toString().contains("/src/test/")) {
            unknown.add(ROOT.relativize(source) + ": " + page.group());
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void classesThatTheMapNamesExist() throws IOException {
    Set<String> classes =
        files(".java").stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (String page : List.of("batch/README.md", ".github/CONTRIBUTING.md")) {
      Matcher name = CLASS.matcher(Files.readString(ROOT.resolve(page)));
      while (name.find()) {
        if (!classes.contains(name.group(1))) {
          unknown.add(page + ": " + name.group(1));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> files(String ending) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("batch", "proto", "sql", "samples", ".github")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(ending))
            .filter(file -> !isBuilt(file))
            .forEach(all::add);
      }
    }
    if (ending.equals(".md")) {
      all.add(ROOT.resolve("README.md"));
    }
    assertThat(all).isNotEmpty();
    return all;
  }

  /** Whether the file lies in a module's folder {@code target}; a package has that name, too. */
  private static boolean isBuilt(Path file) {
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(ROOT);
        folder = folder.getParent()) {
      if (folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml"))) {
        return true;
      }
      if (folder.endsWith(".picklift")) {
        return true;
      }
    }
    return false;
  }
}
