package dev.gradus.server;

/** Where execution logs are kept. */
enum LogsTo {
    /** Files under the data folder. */
    FILES,
    /** One line each on the standard output of the server. */
    STDOUT,
    /** CloudWatch Logs, or what speaks its protocol. */
    CLOUDWATCH;

    static LogsTo of(String text) {
        return switch (text) {
            case "files" -> FILES;
            case "stdout" -> STDOUT;
            case "cloudwatch" -> CLOUDWATCH;
            default -> throw new Settings.Invalid("say files, stdout or cloudwatch");
        };
    }
}
