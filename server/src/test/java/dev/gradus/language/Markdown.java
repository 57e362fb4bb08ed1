package dev.gradus.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The parts of a page that are checked, in the order of the page. */
final class Markdown {
    private static final String FENCE = "```";

    /** One backtick on each side, or two with blanks when there is one in the code. */
    private static final Pattern CODE = Pattern.compile("(?<marks>`+)(?<code>.+?)\\k<marks>");

    private final List<String> lines;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    private Markdown(String page) {
        this.lines = page.lines().toList();
    }

    /** A part, with the line on which it begins, counted from 1. */
    sealed interface Part {
        int line();
    }

    /** A heading without its number signs. */
    record Heading(String text, int line) implements Part {}

    /**
     * A fenced block.
     *
     * @param info what stands behind the opening fence
     */
    record Block(String info, String text, int line) implements Part {}

    /** A table; cells are as they are written, without the blanks around them. */
    record Table(List<String> header, List<List<String>> rows, int line) implements Part {
        /** Returns the position of a column; -1 when there is none. */
        int column(String name) {
            return header.indexOf(name);
        }
    }

    static List<Part> parts(String page) {
        var reader = new Markdown(page);
        while (reader.at < reader.lines.size()) {
            reader.readPart();
        }
        return reader.parts;
    }

    /** Returns what a cell says without the marks of code around it. */
    static String plain(String cell) {
        var code = CODE.matcher(cell);
        return (code.matches() ? code.group("code") : cell).replace("\\|", "|");
    }

    private void readPart() {
        var line = lines.get(at);
        if (line.startsWith(FENCE)) {
            readBlock(line.substring(FENCE.length()).strip());
        } else if (line.startsWith("#")) {
            parts.add(new Heading(line.replaceFirst("^#+", "").strip(), at + 1));
            at++;
        } else if (line.startsWith("|")) {
            readTable();
        } else {
            at++;
        }
    }

    private void readBlock(String info) {
        int first = at++;
        var text = new ArrayList<String>();
        while (!lines.get(at).startsWith(FENCE)) {
            text.add(lines.get(at++));
            if (at == lines.size()) {
                throw new IllegalArgumentException("line " + (first + 1) + ": no closing fence");
            }
        }
        at++;
        parts.add(new Block(info, String.join("\n", text), first + 1));
    }

    private void readTable() {
        int first = at;
        var rows = new ArrayList<List<String>>();
        for (; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            rows.add(cells(lines.get(at)));
        }
        if (rows.size() < 3) {
            throw new IllegalArgumentException("line " + (first + 1) + ": a table without rows");
        }
        parts.add(new Table(rows.getFirst(), rows.subList(2, rows.size()), first + 1));
    }

    private static List<String> cells(String row) {
        var cells =
                Arrays.stream(row.strip().split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
        return cells.subList(1, cells.size() - 1);
    }
}
