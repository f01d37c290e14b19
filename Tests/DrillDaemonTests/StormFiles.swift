extension TestFiles {
    /// Five pages in a second, for each of which somebody has to be there.
    static func storm(in path: String) -> String {
        let pages = (1...5).map { number in
            """

            [Page p\(number)]
            Summary=part \(number) is broken
            AfterSec=\(number * 200)ms
            """
        }
        return scenario(in: path).replacing(
            "[Page flag]\nSummary=the flag is broken\n", with: pages.joined(separator: "\n") + "\n")
    }

    /// The people of a response, in full.
    static let people = """

        [Person lead-2]
        [Person sre-2]
        [Person sre-3]

        """

    /// A drill in which people take the steps.
    static func attended(_ name: String, kind: String, scenario: String) -> String {
        drill(
            name,
            """
            Scenario=
            Scenario=\(scenario)
            Attended=yes
            Deputy=lead-2
            OnCall=secondary:sre-2
            Lanes=injection:sre-3 response:sre-1 verification:sre-2 comms:sre-3
            """
        ).replacing("Kind=rollback\n", with: "Kind=\(kind)\n")
    }
}
