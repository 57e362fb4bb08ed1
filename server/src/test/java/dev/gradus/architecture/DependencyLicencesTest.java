package dev.gradus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Holds every library on the class path of {@code server}, which is all that ships and all that
 * tests it, to the licences that an Apache-2.0 product may carry.
 *
 * <p>Reads the POM that Maven keeps beside each jar, so that it works offline and needs no plugin.
 */
final class DependencyLicencesTest {
    /** One licence of a library that offers several is enough. */
    private static final Pattern ALLOWED =
            Pattern.compile(
                    "(the )?apache([ -]software)?([ -]license)?,?[ -]*(version |v)?2(\\.0)?|mit( license|-0)?|the mit license|bsd.*|.*bsd license.*"
                            + "|epl[- ]2\\.0|epl[- ]1\\.0|eclipse public license.*2\\.0.*"
                            + "|eclipse public license.*1\\.0.*|eclipse distribution license.*"
                            + "|edl[- ]1\\.0|cc0.*|public domain.*|the unlicense.*");

    @Test
    void everyLibraryHasALicenceThatWeMayShip() throws Exception {
        var refused = new ArrayList<String>();
        List<Path> jars = librariesOnClassPath();
        for (Path jar : jars) {
            List<String> licences = licences(pomBeside(jar));
            if (licences.stream().noneMatch(DependencyLicencesTest::isAllowed)) {
                refused.add(jar.getFileName() + ": " + licences);
            }
        }

        assertThat(jars).as("libraries found").hasSizeGreaterThan(30);
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Apache-2.0",
                "The Apache Software License, Version 2.0",
                "The MIT License",
                "BSD-3-Clause",
                "EPL 2.0",
                "MIT-0"
            })
    void knowsTheAllowedByTheirUsualNames(String name) {
        assertThat(isAllowed(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GNU General Public License, version 2",
                "AGPL-3.0",
                "Business Source License 1.1",
                "SSPL",
                "Commons Clause",
                "Apache-1.1",
                "GNU Lesser General Public License",
                ""
            })
    void refusesTheOthers(String name) {
        assertThat(isAllowed(name)).isFalse();
    }

    private static boolean isAllowed(String licence) {
        return ALLOWED.matcher(licence.strip().toLowerCase(Locale.ROOT)).matches();
    }

    private static List<Path> librariesOnClassPath() {
        return Arrays.stream(
                        System.getProperty("java.class.path", "")
                                .split(Pattern.quote(System.getProperty("path.separator", ":"))))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> !jar.startsWith(Repository.root()))
                .filter(jar -> !jar.getFileName().toString().startsWith("surefire"))
                .toList();
    }

    /** The POM in the folder of the jar; the jar's name may end in a classifier, the POM's not. */
    private static Path pomBeside(Path jar) throws IOException {
        try (Stream<Path> files = Files.list(jar.toAbsolutePath().getParent())) {
            return files.filter(file -> file.toString().endsWith(".pom"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no POM beside " + jar));
        }
    }

    /** The licences that a POM names, or its nearest parent that names any. */
    private static List<String> licences(Path pom)
            throws IOException, SAXException, ParserConfigurationException {
        Element project = parse(pom);
        List<String> names =
                children(project, "licenses").stream()
                        .flatMap(licences -> children(licences, "license").stream())
                        .flatMap(licence -> children(licence, "name").stream())
                        .map(Element::getTextContent)
                        .toList();
        List<Element> parents = children(project, "parent");
        if (!names.isEmpty() || parents.isEmpty()) {
            return names;
        }
        return licences(pomOf(pom, project, parents.getFirst()));
    }

    /** Where the repository that holds {@code pom} holds the POM of its parent. */
    private static Path pomOf(Path pom, Element project, Element parent) {
        String group = text(parent, "groupId");
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        String ownGroup = children(project, "groupId").isEmpty() ? group : text(project, "groupId");
        String toRepository = "../".repeat(ownGroup.split("\\.").length + 3);
        Path repository = pom.resolve(toRepository).normalize();
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    private static Element parse(Path pom)
            throws IOException, SAXException, ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        try (InputStream in = Files.newInputStream(pom)) {
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        }
    }

    private static String text(Element parent, String name) {
        return children(parent, name).getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
