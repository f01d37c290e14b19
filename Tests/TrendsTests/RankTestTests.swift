import Testing
import Trends

@Suite("The exact rank test")
struct RankTestTests {
    @Test(
        "agrees with counting all orders, ties included",
        arguments: [
            [1, 2, 3], [1, 1, 2], [1, 1, 2, 2], [3, 1, 2, 1, 3], [1, 2, 2, 2, 5, 4], [2, 2, 2],
            [4, 1, 3, 2, 5, 7, 6], [1, 2, 1, 2, 1, 2, 1],
        ] as [[Double]])
    func agreesWithCounting(values: [Double]) {
        let test = MannKendall(values)
        var (all, below, above) = (0.0, 0.0, 0.0)
        forEachOrder(of: values) { order in
            let s = MannKendallScore.direct(order)
            all += 1
            below += s <= test.s ? 1 : 0
            above += s >= test.s ? 1 : 0
        }
        #expect(abs(test.pDecline - below / all) < 1e-14)
        #expect(abs(test.pRise - above / all) < 1e-14)
    }

    @Test("judges a chance of exactly one in ten alike, whether it falls or rises")
    func exactLevel() {
        let same = [Double](repeating: 60, count: 9)
        #expect(Verdict(MannKendall(same + [30])) == .improving)
        #expect(Verdict(MannKendall(same + [90])) == .drifting)
    }

    private func forEachOrder(of values: [Double], _ visit: ([Double]) -> Void) {
        func extend(_ start: [Double], _ rest: [Double]) {
            if rest.isEmpty { visit(start) }
            for index in rest.indices {
                var left = rest
                let next = left.remove(at: index)
                extend(start + [next], left)
            }
        }
        extend([], values)
    }

    @Test("keeps nine digits far out in the tail", arguments: [2, 5, 12, 20])
    func isExactInTheTail(count: Int) {
        let falling = (0..<count).map { Double(-$0) }
        let orders = (1...count).reduce(1.0) { $0 * Double($1) }
        let p = MannKendall(falling).pDecline
        #expect(abs(p * orders - 1) < 1e-12)
        #expect(MannKendall(falling).pRise == 1)
        if count > 2 {
            // One swap of neighbours: all orders with at most one inversion, which are count.
            var swapped = falling
            swapped.swapAt(0, 1)
            let next = MannKendall(swapped).pDecline
            #expect(abs(next * orders / Double(count) - 1) < 1e-12)
        }
    }

    @Test("ranks a censored duration above what was seen to end before its bound")
    func ranksCensored() {
        let seen = MannKendall([10, 20, 30, 40])
        let censored = MannKendall([
            Observation(10), Observation(20), Observation(30), Observation(35, isCensored: true),
        ])
        #expect(censored == seen)
        let both = MannKendall([
            Observation(10), Observation(20, isCensored: true), Observation(30, isCensored: true),
        ])
        #expect(both.s == 2 && both.groupSizes == [1, 2])
    }
}

/// The definition of S, for comparison.
enum MannKendallScore {
    static func direct(_ values: [Double]) -> Int {
        var s = 0
        for late in values.indices {
            for early in values.indices where early < late {
                s += (values[late] > values[early] ? 1 : 0) - (values[late] < values[early] ? 1 : 0)
            }
        }
        return s
    }
}
