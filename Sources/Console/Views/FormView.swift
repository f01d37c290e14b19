import ControlAPI
import Drills

/// A form as a template shows it; every action of the console is one, with script and without.
struct FormView: Sendable {
    /// Unique on its page; comes back with the form, so that a refused one is shown as it was typed.
    let formID: String
    /// Where it goes, below `/do`.
    let action: String
    let title: String
    let button: String
    /// `primary`, `danger` or `plain`.
    let style: String
    /// A sentence below the title.
    let hint: [String]
    var fields: [FieldView]
    /// What goes along unseen.
    let hidden: [HiddenView]
    /// Whether a person has to stand behind it.
    let asksPerson: Bool
    /// Whether it is shown unfolded.
    var isOpen: Bool
    /// Whether there is anything to type.
    let hasFields: Bool

    struct HiddenView: Sendable {
        let hiddenName: String
        let hiddenValue: String
    }

    init(
        _ formID: String, to action: String, _ title: String, button: String? = nil,
        style: String = "plain", hint: String = "", fields: [FieldView] = [],
        hidden: KeyValuePairs<String, String> = [:], back: String, asksPerson: Bool = true,
        isOpen: Bool = false
    ) {
        self.formID = formID
        self.action = "/do/" + action
        self.title = title
        self.button = button ?? title
        self.style = style
        self.hint = hint.isEmpty ? [] : [hint]
        self.fields = fields.map { $0.within(formID) }
        self.hidden =
            hidden.map { HiddenView(hiddenName: $0.key, hiddenValue: $0.value) }
            + [HiddenView(hiddenName: "back", hiddenValue: back)]
        self.asksPerson = asksPerson
        self.isOpen = isOpen
        hasFields = !fields.isEmpty
    }

    /// The form as it was sent and refused.
    func keeping(_ typed: TypedForm?) -> FormView {
        guard let typed, typed.formID == formID else { return self }
        var form = self
        form.isOpen = true
        form.fields = fields.map { $0.keeping(typed) }
        return form
    }
}

/// One thing to type or choose.
struct FieldView: Sendable {
    let name: String
    let label: String
    private(set) var fieldID: String
    let note: [String]
    private(set) var value: String
    let isLine: Bool
    let isArea: Bool
    private(set) var options: [OptionView]
    let isChoice: Bool
    let isRequired: Bool
    private(set) var isInvalid = false

    struct OptionView: Sendable {
        let optionValue: String
        let optionLabel: String
        var isSelected: Bool
    }

    private init(
        _ name: String, _ label: String, value: String, note: String, isArea: Bool,
        options: [OptionView], isRequired: Bool
    ) {
        self.name = name
        self.label = label
        fieldID = name
        self.note = note.isEmpty ? [] : [note]
        self.value = value
        self.isArea = isArea
        self.options = options
        isChoice = !options.isEmpty
        isLine = options.isEmpty && !isArea
        self.isRequired = isRequired
    }

    /// A line of text.
    static func line(
        _ name: String, _ label: String, value: String = "", note: String = "",
        isRequired: Bool = true
    ) -> FieldView {
        FieldView(
            name, label, value: value, note: note, isArea: false, options: [],
            isRequired: isRequired)
    }

    /// Some lines of text.
    static func area(
        _ name: String, _ label: String, note: String = "", isRequired: Bool = true
    ) -> FieldView {
        FieldView(
            name, label, value: "", note: note, isArea: true, options: [], isRequired: isRequired)
    }

    /// One of several; the first is chosen.
    static func choice(
        _ name: String, _ label: String, _ options: [(value: String, label: String)],
        chosen: String? = nil, note: String = "", isRequired: Bool = true
    ) -> FieldView {
        let chosen = chosen ?? options.first?.value
        let views = options.map { option in
            OptionView(
                optionValue: option.value, optionLabel: option.label,
                isSelected: option.value == chosen)
        }
        return FieldView(
            name, label, value: "", note: note, isArea: false, options: views,
            isRequired: isRequired)
    }

    /// One of these people.
    static func person(
        _ name: String, _ label: String, _ people: [PersonName], chosen: PersonName? = nil,
        note: String = ""
    ) -> FieldView {
        choice(
            name, label, people.map { ($0.text, $0.text) }, chosen: chosen?.text, note: note)
    }

    fileprivate func within(_ form: String) -> FieldView {
        var field = self
        field.fieldID = "\(form).\(name)"
        return field
    }

    fileprivate func keeping(_ typed: TypedForm) -> FieldView {
        var field = self
        if let text = typed.fields[name] {
            field.value = text
            for index in field.options.indices {
                field.options[index].isSelected = field.options[index].optionValue == text
            }
        }
        field.isInvalid = typed.wrong.contains(name)
        return field
    }
}

/// A form that came back refused: what was typed, and why it was not done.
struct TypedForm: Sendable {
    let formID: String
    let fields: [String: String]
    /// The HTTP status that says how it was refused.
    let status: Int
    let reasons: [String]
    /// The fields that a reason is about.
    let wrong: Set<String>

    /// What forms send along without anybody having typed it.
    private static let unseen: Set<String> = [
        "verb", "via", "channel", "page", "person", "bytes", "hash", "overrun",
    ]

    /// What was typed and chosen, by names that people can read.
    var texts: [(name: String, text: String)] {
        fields.filter { !Self.unseen.contains($0.key) && !$0.value.isEmpty }
            .sorted { $0.key < $1.key }
            .map { ($0.key.replacing("-", with: " "), $0.value) }
    }

    init(_ formID: String, fields: [String: String], refusal: Refusal) {
        self.formID = formID
        self.fields = fields
        status = refusal.status.rawValue
        reasons = refusal.reasons
        let text = reasons.joined(separator: " ")
        wrong = Set(
            fields.keys.filter { name in
                text.contains("'\(name)'") || text.contains(" is no \(name);")
            })
    }
}
