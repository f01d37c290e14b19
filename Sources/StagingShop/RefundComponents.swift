/// The exchangeable parts of the refund flow; a replay swaps one of them.
package struct RefundComponents: Hashable, Sendable, Codable {
    package var model: Model
    package var prompt: Prompt
    package var schema: Schema
    package var downstream: Downstream

    /// The parts a refund runs with.
    package init(model: Model, prompt: Prompt, schema: Schema, downstream: Downstream) {
        self.model = model
        self.prompt = prompt
        self.schema = schema
        self.downstream = downstream
    }

    /// The parts with one of them swapped.
    package func applying(_ override: ReplayOverride) -> RefundComponents {
        var components = self
        switch override {
        case .model(let model): components.model = model
        case .prompt(let prompt): components.prompt = prompt
        case .schema(let schema): components.schema = schema
        case .downstream(let downstream): components.downstream = downstream
        }
        return components
    }

    /// Reads the amount out of the customer's words.
    package enum Model: String, CaseIterable, Hashable, Sendable, Codable {
        case triage1 = "triage-1"
        /// Takes a decimal comma for a separator of thousands.
        case triage2 = "triage-2"
    }

    /// Decides how much of the order goes back.
    package enum Prompt: String, CaseIterable, Hashable, Sendable, Codable {
        case refund6 = "refund-6"
        /// Has lost the paragraph on partial refunds.
        case refund7 = "refund-7"
    }

    /// Writes the amount for the payments API.
    package enum Schema: String, CaseIterable, Hashable, Sendable, Codable {
        /// `amount` is in cents.
        case request1 = "refund-request-1"
        /// `amount` is in dollars, but the cents of version 1 are still put in.
        case request2 = "refund-request-2"
    }

    /// Pays the money back.
    package enum Downstream: String, CaseIterable, Hashable, Sendable, Codable {
        case payments1 = "payments-1"
        /// Answers later than the refund flow waits.
        case payments2 = "payments-2"
    }
}

/// One part of the refund flow, swapped for a replay: `schema=refund-request-1`.
package enum ReplayOverride: Hashable, Sendable, CustomStringConvertible {
    case model(RefundComponents.Model)
    case prompt(RefundComponents.Prompt)
    case schema(RefundComponents.Schema)
    case downstream(RefundComponents.Downstream)

    /// Reads `part=value`.
    package init(parsing text: String) throws(ReplayError) {
        let words = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw .malformedOverride(text) }
        switch words[0] {
        case "model": self = .model(try Self.value(words[1]))
        case "prompt": self = .prompt(try Self.value(words[1]))
        case "schema": self = .schema(try Self.value(words[1]))
        case "downstream": self = .downstream(try Self.value(words[1]))
        default: throw .malformedOverride(text)
        }
    }

    package var description: String {
        switch self {
        case .model(let model): "model=\(model.rawValue)"
        case .prompt(let prompt): "prompt=\(prompt.rawValue)"
        case .schema(let schema): "schema=\(schema.rawValue)"
        case .downstream(let downstream): "downstream=\(downstream.rawValue)"
        }
    }

    private static func value<Value: RawRepresentable<String> & CaseIterable>(
        _ word: String
    ) throws(ReplayError) -> Value {
        guard let value = Value(rawValue: word) else {
            throw .unknownValue(word, known: Value.allCases.map(\.rawValue))
        }
        return value
    }
}

/// Why a replay could not be made.
package enum ReplayError: Error, Hashable, CustomStringConvertible {
    case malformedOverride(String)
    case unknownValue(String, known: [String])
    case unknownTrace(String)
    case unreadableTrace(String, reason: String)

    package var description: String {
        switch self {
        case .malformedOverride(let text):
            "'\(text)' is no override; write model=…, prompt=…, schema=… or downstream=…"
        case .unknownValue(let word, let known):
            "unknown part '\(word)'; use \(known.joined(separator: " or "))"
        case .unknownTrace(let id): "no trace '\(id)'; list them with /traces"
        case .unreadableTrace(let id, let reason): "trace '\(id)' cannot be read: \(reason)"
        }
    }
}
