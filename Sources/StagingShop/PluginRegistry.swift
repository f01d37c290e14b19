/// The plugins the shop found at its last reload, each registered or refused.
package struct PluginRegistry: Hashable, Sendable {
    /// The interface version that this shop offers.
    package static let supportedAPI = 2

    package private(set) var registered: [String] = []
    /// Plugins that failed to register; a required one takes its hook down with it.
    package private(set) var refused: [Refusal] = []

    /// An empty registry.
    package init() {}

    /// Registers a plugin from its file, or records why not.
    package mutating func register(_ name: String, settings: KeyValueText) {
        do {
            let hook: PluginHook = try settings.choice("hook")
            let required: Requirement = try settings.choice("required")
            let version = try settings.count("api")
            guard version == Self.supportedAPI else {
                let reason = "api \(version) is not \(Self.supportedAPI)"
                refused.append(
                    Refusal(plugin: name, reason: reason, blocks: required == .yes ? hook : nil))
                return
            }
            registered.append(name)
        } catch {
            // What cannot be read cannot be skipped safely: it stands in the way of each checkout.
            refused.append(Refusal(plugin: name, reason: "\(error)", blocks: .checkout))
        }
    }

    /// Takes refused plugins out of the way until the next reload.
    package mutating func quarantine() -> [String] {
        let names = refused.map(\.plugin)
        refused = []
        return names
    }

    /// Whether a hook can run.
    package func isBlocked(_ hook: PluginHook) -> Bool {
        refused.contains { $0.blocks == hook }
    }

    /// A plugin that did not register.
    package struct Refusal: Hashable, Sendable {
        package let plugin: String
        package let reason: String
        /// The hook that cannot run without it.
        package let blocks: PluginHook?
    }

    private enum Requirement: String, CaseIterable {
        case yes, no
    }
}

/// A place in the shop where plugins hook in.
package enum PluginHook: String, CaseIterable, Hashable, Sendable {
    case checkout, orders
}
