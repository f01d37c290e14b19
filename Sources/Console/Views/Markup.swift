import Mustache
import NIOCore

/// Makes text safe within markup, between tags and within quoted attributes.
///
/// By scalars: the library's own goes by characters, and a quote with an accent upon it is another
/// character, which closes an attribute all the same.
struct MarkupText: MustacheContentType {
    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(visible(scalar))
            }
        }
        return String(result)
    }

    /// Without controls, and without the marks that reorder a line: names and reasons come from files
    /// and from people.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x0A, 0x09: scalar
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF,
            0xFFFE, 0xFFFF:
            "\u{FFFD}"
        default: scalar
        }
    }
}

/// The templates, each read once.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: what the parser says of a template that is none.
    init() throws {
        MustacheContentTypes.register(MarkupText(), named: "MARKUP")
        var library = MustacheLibrary()
        for (name, bytes) in TemplateFiles.all {
            // Each by itself: a partial does not inherit the way its parent escapes.
            var source = "{{% CONTENT_TYPE:MARKUP}}" + String(decoding: bytes, as: UTF8.self)
            // The end of the file is none of the line that it is put into.
            if source.last == "\n" { source.removeLast() }
            try library.register(source, named: name)
        }
        self.library = library
    }

    /// The markup of a view.
    func render(_ view: some Sendable, with template: TemplateFiles.Name) -> String {
        let fields = ViewFields.read(view)
        guard let text = library.render(fields, withTemplate: template.rawValue) else {
            preconditionFailure("every template's name has its file")
        }
        return text
    }
}

/// The files of the templates.
enum TemplateFiles {
    /// The templates that are rendered as such; the others are parts of these.
    enum Name: String {
        case layout, person, now, calendar, runs, run, trends, link, message
    }

    static let all: [(name: String, bytes: [UInt8])] = [
        ("layout", PackageResources.layout_mustache),
        ("person", PackageResources.person_mustache),
        ("now", PackageResources.now_mustache),
        ("live-run", PackageResources.live_run_mustache),
        ("tick", PackageResources.tick_mustache),
        ("form", PackageResources.form_mustache),
        ("field", PackageResources.field_mustache),
        ("calendar", PackageResources.calendar_mustache),
        ("runs", PackageResources.runs_mustache),
        ("run", PackageResources.run_mustache),
        ("trends", PackageResources.trends_mustache),
        ("link", PackageResources.link_mustache),
        ("message", PackageResources.message_mustache),
    ]
}

/// Markup with places that each session fills for itself: rendered once, sent to many.
struct SharedMarkup: Sendable {
    private enum Piece: Sendable {
        case same(ByteBuffer)
        case formToken
        case person
    }

    /// What the templates write in those places. No text can imitate it: quotes are escaped in texts.
    private static let tokenPlace = #"<input type="hidden" name="form-token" value="">"#
    private static let personPlace = #"<span class="person"></span>"#

    /// As it was rendered, its places empty.
    let whole: String
    private let pieces: [Piece]

    init(_ markup: String) {
        whole = markup
        var pieces: [Piece] = []
        for (index, part) in markup.split(
            separator: Self.tokenPlace, omittingEmptySubsequences: false
        ).enumerated() {
            if index > 0 { pieces.append(.formToken) }
            for (index, part) in part.split(
                separator: Self.personPlace, omittingEmptySubsequences: false
            ).enumerated() {
                if index > 0 { pieces.append(.person) }
                pieces.append(.same(ByteBuffer(substring: part)))
            }
        }
        self.pieces = pieces
    }

    /// Whether a form of this name is in it.
    func hasForm(_ id: String) -> Bool { whole.contains(#" id="\#(id)" class="act "#) }

    /// Writes the markup as one session sees it.
    func write(into buffer: inout ByteBuffer, formToken: String, person: String) {
        for piece in pieces {
            switch piece {
            case .same(let part): buffer.writeImmutableBuffer(part)
            case .formToken:
                buffer.writeString(
                    #"<input type="hidden" name="form-token" value="\#(formToken)">"#)
            case .person: buffer.writeString(#"<span class="person">\#(person)</span>"#)
            }
        }
    }
}
