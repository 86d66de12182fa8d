import fc from "fast-check";

/** What would set this off has run: a file of this name in the working folder of whatever ran it. */
export const canary = "hostile-input-ran";

/** Pieces that mean something to one of the languages on the way: JSON, YAML, Groovy, sh, PowerShell, XML, HTML, forms, terminals. */
const pieces = [
    ...[
        "'",
        '"',
        "'''",
        '"""',
        "`",
        "\\",
        "\\\\",
        "\\'",
        "$",
        "/",
        "//",
        "/*",
        "*/",
        "#",
        ";",
        "|",
        "&",
        "&&",
        "<",
        ">",
        "%",
        "=",
        "@",
    ],
    ...[
        "${",
        "}",
        "$(",
        ")",
        "[",
        "]",
        "]]>",
        "<![CDATA[",
        "<!--",
        "--",
        "&lt;",
        "&#0;",
        "%00",
        "%0a",
        "+",
        "{{",
        "}}",
        "{{ x | sh }}",
    ],
    ...[
        "<<nonce>>",
        "<<end nonce>>",
        "answer([",
        "'])",
        "known-after-apply-7b1f0c93",
        "\u0001secret:",
        "****",
        "__proto__",
        "constructor",
    ],
    ...[
        "null",
        "true",
        "~",
        "0x10",
        "1e9",
        "- ",
        ": ",
        "? ",
        "!!js/function",
        "&a",
        "*a",
        "<<: *a",
        "|\n",
        ">\n",
        "%YAML 1.2",
        "---",
        "...",
    ],
    ...[
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "\u0085",
        "\u2029",
        "\u00a0",
        "\ufeff",
        "\u0001",
        "\u0007",
        "\u001b[31m",
        "\u001b]0;title\u0007",
        "\u007f",
        "\u009b",
    ],
    ...[
        "\u200f",
        "\u202e",
        "\u2066",
        "\u061c",
        "\u200d",
        "e\u0301",
        "\u00e9",
        "\u4e2d",
        "\ue000",
        "\ufdd0",
        "\u{1f600}",
        "\u{1f468}\u200d\u{1f469}",
        "\u{10fffd}",
        "\u{1fffe}",
    ],
    ...["\\u0027", "\\u0022", "\\u0000", "\\n", "\\x41", "$class", "hudson.plugins.ec2.UnixData"],
    // What each language would have to be made to run.
    `\${new File('${canary}').createNewFile()}`,
    `'); new File('${canary}').createNewFile(); ('`,
    `"); new File("${canary}").createNewFile() //`,
    `\\u0027); new File('${canary}').createNewFile(); (\\u0027`,
    `''' + new File('${canary}').createNewFile() + '''`,
    `/\${'touch ${canary}'.execute()}/$`,
    `$(touch ${canary})`,
    `\`touch ${canary}\``,
    `'; touch ${canary}; '`,
    `'$(touch ${canary})'`,
    `"; touch ${canary} #`,
    `\n touch ${canary}\n`,
    `| tee ${canary}`,
    `'; New-Item ${canary}; '`,
    `\u2019; New-Item ${canary}; \u2018`,
    `$(New-Item ${canary})`,
    `<script>${canary}</script>`,
    `<java.lang.ProcessBuilder><command><string>touch</string><string>${canary}</string></command></java.lang.ProcessBuilder>`,
];

const piece = fc.constantFrom(...pieces);

/** Characters that Jenkins keeps: any but those of settings/checks/characters.ts. */
const kept = fc
    .string({ unit: "binary", maxLength: 20 })
    // eslint-disable-next-line no-control-regex -- they are what is left out
    .map((text) => text.replace(/[\u0000\u2028\ufffd-\uffff]|\p{Cs}/gu, ""));

/** Hostile texts that are to arrive as they are. */
export const hostileText = fc
    .array(fc.oneof({ weight: 3, arbitrary: piece }, { weight: 1, arbitrary: kept }), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join(""))
    .filter((text) => text !== "");

/** Characters that Jenkins would lose, alone or within other text. */
export const lostCharacter = fc.constantFrom(
    "\0",
    "\u2028",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\udc00\ud800",
    "\ud83d\ud83d\ude00",
);
export const lostText = fc.tuple(hostileText, lostCharacter, hostileText).map((parts) => parts.join(""));
