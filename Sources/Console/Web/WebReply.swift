import HTTPTypes
import NIOCore

/// What a browser gets.
struct WebReply: Sendable {
    let status: Int
    private(set) var fields: HTTPFields
    let body: ByteBuffer
    /// Whether the rest of the request is not worth reading.
    private(set) var closes = false

    private init(_ status: Int, type: String, caching: String, body: ByteBuffer) {
        self.status = status
        self.body = body
        fields = Self.guards
        fields[.contentType] = type
        fields[.cacheControl] = caching
        fields[.contentLength] = "\(body.readableBytes)"
    }

    static func page(_ markup: ByteBuffer, status: Int = 200) -> WebReply {
        WebReply(status, type: "text/html; charset=utf-8", caching: "no-store", body: markup)
    }

    static func text(_ text: String, status: Int) -> WebReply {
        WebReply(
            status, type: "text/plain; charset=utf-8", caching: "no-store",
            body: ByteBuffer(string: text + "\n"))
    }

    /// A file whose name changes with its content.
    static func asset(_ body: ByteBuffer, type: String) -> WebReply {
        WebReply(200, type: type, caching: "public, max-age=31536000, immutable", body: body)
    }

    /// Go and look there.
    static func seeOther(_ path: String) -> WebReply {
        var reply = text("see \(path)", status: 303)
        reply.fields[.location] = path
        return reply
    }

    func closing() -> WebReply {
        var reply = self
        reply.closes = true
        reply.fields[.connection] = "close"
        return reply
    }

    func allowing(_ methods: String) -> WebReply {
        var reply = self
        reply.fields[.allow] = methods
        return reply
    }

    /// Lets the browser keep a session's secret; an empty one ends it.
    ///
    /// - Parameter isSecure: whether the browser is to send it over TLS only.
    func settingCookie(_ secret: String, isSecure: Bool) -> WebReply {
        var reply = self
        let age = secret.isEmpty ? 0 : ConsoleSessions.sessionLife.microseconds / 1_000_000
        reply.fields.append(
            HTTPField(
                name: .setCookie,
                value: "\(SessionCookie.name)=\(secret); Path=/; Max-Age=\(age); HttpOnly; "
                    + "SameSite=Strict" + (isSecure ? "; Secure" : "")))
        return reply
    }

    var head: HTTPResponse { HTTPResponse(status: .init(code: status), headerFields: fields) }

    /// The head of a stream of events.
    static var eventsHead: HTTPResponse {
        var fields = guards
        fields[.contentType] = "text/event-stream"
        fields[.cacheControl] = "no-store"
        fields[.connection] = "close"
        return HTTPResponse(status: .ok, headerFields: fields)
    }

    /// What every answer carries. The referrer policy keeps tokens from other places, and lets forms of
    /// our own say where they come from: under `no-referrer` a browser says `Origin: null`.
    private static let guards: HTTPFields = [
        .contentSecurityPolicy: [
            "default-src 'none'", "style-src 'self'", "script-src 'self'",
            "img-src 'self' data:", "connect-src 'self'", "form-action 'self'",
            "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; "),
        .xContentTypeOptions: "nosniff", .referrerPolicy: "same-origin",
    ]
}

/// The cookie that a session's secret travels in.
enum SessionCookie {
    static let name = "drilld-session"

    /// The secret that a request shows.
    static func secret(in fields: HTTPFields) -> String? {
        for field in fields[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { continue }
                if parts[0].drop(while: { $0 == " " }) == name { return parts[1] }
            }
        }
        return nil
    }
}
