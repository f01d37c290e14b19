import NIOCore

/// The style sheet, the scripts and the icon, each under a name that changes with its content.
struct Assets: Sendable {
    /// One file.
    struct Asset: Sendable {
        let name: String
        let type: String
        let body: ByteBuffer

        fileprivate init(_ stem: String, _ ending: String, type: String, _ bytes: [UInt8]) {
            let hash = TextDigest(String(decoding: bytes, as: UTF8.self)).hexadecimal.prefix(12)
            name = "\(stem)-\(hash).\(ending)"
            self.type = type
            body = ByteBuffer(bytes: bytes)
        }
    }

    static let sheet = Asset(
        "console", "css", type: "text/css; charset=utf-8", PackageResources.console_css)
    static let patch = Asset("patch", "js", type: javascript, PackageResources.patch_js)
    static let script = Asset("console", "js", type: javascript, PackageResources.console_js)
    static let icon = Asset("icon", "svg", type: "image/svg+xml", PackageResources.icon_svg)
    static let all = [sheet, patch, script, icon]

    private static let javascript = "text/javascript; charset=utf-8"
}
