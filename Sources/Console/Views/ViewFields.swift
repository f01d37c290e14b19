import Mustache

/// The fields of a view by their names, read once: left to itself, a template reflects the whole view for
/// each name that it looks up.
struct ViewFields: MustacheParent {
    private let fields: [String: Any]

    func child(named name: String) -> Any? { fields[name] }

    /// A view as templates look into it: structures by their fields, lists by their elements.
    static func read(_ view: Any) -> Any {
        switch view {
        case is String, is Bool, is Int: return view
        case let texts as [String]: return texts
        case let list as [Any]: return list.map(read)
        default:
            var fields: [String: Any] = [:]
            for case (let name?, let value) in Mirror(reflecting: view).children {
                fields[name] = read(value)
            }
            return ViewFields(fields: fields)
        }
    }
}
