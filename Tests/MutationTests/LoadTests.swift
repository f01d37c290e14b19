import Mutation
import Testing

@Suite("A mutation model at load")
struct LoadTests {
    @Test(
        "points at the wrong word of an exclusion",
        arguments: [
            (
                "", 0,
                "an exclusion needs at least one 'factor=value', "
                    + "for example 'owner=absent comms=channel-down'"
            ),
            (
                "owner=absent comms", 1,
                "'comms' is no 'factor=value'; write for example 'owner=absent'"
            ),
            ("onwer=absent", 0, "unknown factor 'onwer'; did you mean 'owner'?"),
            (
                "weather=bad", 0,
                "unknown factor 'weather'; use one of technical, coordination, timing, dependency, "
                    + "owner, comms, stress"
            ),
            ("owner=abesnt", 0, "'abesnt' is no value of owner; did you mean 'absent'?"),
            (
                "owner=x", 0,
                "'x' is no value of owner; use one of present, on-call, late:5min, absent"
            ),
            (
                "owner=absent\towner=present", 1,
                "owner already has the value 'absent' here; "
                    + "write a second Exclude= line for the other value"
            ),
        ])
    func refusesExclusions(line: String, word: Int, text: String) throws {
        let error = try #require(throws: Exclusion.ParseError.self) {
            try Exclusion(parsing: line, factors: DrillModel.factors)
        }
        #expect(error.word == word)
        #expect(error.description == text)
    }

    @Test("lists values and pairs that can never occur, found by completing them")
    func listsInfeasiblePairs() throws {
        let model = try DrillModel.small(
            [(.technical, 2), (.owner, 2), (.comms, 2), (.stress, 2)],
            excluding: ["owner1=v0 comms2=v0", "owner1=v1 technical0=v0", "stress3=v1"])
        #expect(
            model.notices == [
                "no stress factor has two values that can occur, so stress cannot change; "
                    + "give it a second value",
                "stress3=v1 can never occur",
                "technical0=v0 and owner1=v1 never occur together",
                "technical0=v0 and comms2=v0 never occur together",
                "owner1=v0 and comms2=v0 never occur together",
            ])
        #expect(model.infeasiblePairs.count == 9)
        #expect(model.feasiblePairCount == 15)
    }

    @Test(
        "refuses factors that make no model",
        arguments: [
            ([], MutationModel.LoadError.noFactors),
            ([factor("a", ["x"]), factor("a", ["y"])], .duplicateFactor("a")),
            ([factor("a", [])], .noValues("a")),
            ([factor("a", ["x", "x"])], .duplicateValue("x", factor: "a")),
            ([factor("a", ["x y"])], .badValue("x y", factor: "a")),
            ([factor("a=b", ["x"])], .badName("a=b")),
            ((0..<129).map { factor("f\($0)", ["x"]) }, .tooManyFactors(129)),
            ([factor("a", (0..<2049).map { "v\($0)" })], .tooManyValues(2049)),
        ] as [([Factor], MutationModel.LoadError)])
    func refusesFactors(factors: [Factor], error: MutationModel.LoadError) {
        #expect(throws: error) { try MutationModel(factors: factors) }
    }

    private static func factor(_ name: String, _ values: [String]) -> Factor {
        Factor(name: FactorName(name), role: .other, values: values)
    }

    @Test("refuses exclusions that leave nothing or belong elsewhere")
    func refusesImpossibleModels() {
        #expect(throws: MutationModel.LoadError.nothingPossible) {
            try DrillModel.small([(.stress, 2)], excluding: ["stress0=v0", "stress0=v1"])
        }
        #expect(throws: MutationModel.LoadError.foreignExclusion) {
            try MutationModel(
                factors: DrillModel.factors,
                exclusions: [Exclusion(terms: [FactorValue(factor: 9, value: 0)])])
        }
    }

    @Test(
        "says what is wrong and what to write instead",
        arguments: [
            (.noFactors, "nothing to mutate; name at least one factor with its values"),
            (.tooManyFactors(129), "129 factors are too many; use at most 128"),
            (.tooManyValues(2049), "2049 values are too many; use at most 2048 in all factors"),
            (.badName("a b"), "'a b' cannot name a factor; use one word without '='"),
            (.badValue("x y", factor: "a"), "'x y' cannot be a value of a; use one word"),
            (.duplicateFactor("a"), "a is declared twice; list all its values once"),
            (.duplicateValue("x", factor: "a"), "a lists 'x' twice; list each value once"),
            (.noValues("a"), "a has no values; list at least one"),
            (
                .foreignExclusion,
                "an exclusion names a factor or value of another model; parse it against this one"
            ),
            (.nothingPossible, "the exclusions forbid every variant; remove one of them"),
        ] as [(MutationModel.LoadError, String)])
    func describesErrors(error: MutationModel.LoadError, text: String) {
        #expect(error.description == text)
    }
}
