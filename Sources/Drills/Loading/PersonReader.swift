import UnitFiles

extension SectionReader {
    /// A `[Person]` section; nil when its name is missing or bad.
    mutating func person() -> Placed<PersonDraft>? {
        let realName = text("RealName")
        let login = word("Login")?.text
        let addresses = addresses()
        guard let name = name(of: Person.self) else { return nil }
        let byChannel = addresses.map { (ChannelName($0.channel.text), $0.address.text) }
        let person = Person(
            name: name.value, realName: realName ?? name.value.text, login: login,
            addresses: Dictionary(byChannel) { first, _ in first })
        return Placed(PersonDraft(person: person, addresses: addresses), at: name.position)
    }

    /// Words such as `phone:sre-1-drills`.
    private mutating func addresses() -> [PersonDraft.AddressDraft] {
        var seen: Set<String> = []
        return words("Address").compactMap { word in
            guard let colon = word.text.firstIndex(of: ":"), colon != word.text.startIndex,
                word.text.index(after: colon) != word.text.endIndex
            else {
                report(
                    "Address= has no channel or no address in '\(word)'",
                    remedy: "write CHANNEL:ADDRESS", at: word.position)
                return nil
            }
            let next = word.text.index(after: colon)
            let channel = Word(String(word.text[..<colon]), at: word.position)
            guard seen.insert(channel.text).inserted else {
                report(
                    "Address= has channel '\(channel)' twice", remedy: "remove one of the two",
                    at: word.position)
                return nil
            }
            let address = Word(String(word.text[next...]), at: word.position(of: next))
            return PersonDraft.AddressDraft(channel: channel, address: address)
        }
    }
}

/// A person and the words that name channels.
struct PersonDraft: Sendable {
    let person: Person
    let addresses: [AddressDraft]

    /// Where one channel reaches the person.
    struct AddressDraft: Sendable {
        let channel: Word
        let address: Word

        /// What is wrong with the address for a channel of this kind.
        func problem(for service: Channel.Service) -> Problem? {
            switch service {
            case .email where !Address.isMail(address.text):
                address.problem(
                    "'\(address)' is no mail address", remedy: "write for example sre@HOST")
            case .ntfy where !Address.isTopic(address.text):
                address.problem(
                    "'\(address)' is no topic of ntfy",
                    remedy: "write at most 64 letters, digits, '-' and '_'")
            default: nil
            }
        }
    }
}
