import DrillDaemon
import Drills
import Synchronization
import Testing

@Suite("A fault that is to be gone")
struct CalledOffTests {
    @Test("is not armed any more, while others are")
    func isNotArmed() {
        let calledOff = CalledOff()
        calledOff.callOff("latency")
        #expect(!calledOff.arm("latency", by: { Issue.record("it was armed") }))
        var armed = false
        #expect(calledOff.arm("config", by: { armed = true }))
        #expect(armed)
    }

    @Test("was armed before it was called off, or never is", arguments: 0..<50)
    func isArmedBeforeOrNever(round: Int) async {
        let calledOff = CalledOff()
        let order = Order()
        await withDiscardingTaskGroup { group in
            group.addTask {
                _ = calledOff.arm("latency", by: { order.note("armed") })
            }
            group.addTask {
                calledOff.callOff("latency")
                order.note("called off")
            }
        }
        let seen = order.seen
        #expect(seen == ["armed", "called off"] || seen == ["called off"])
    }
}

/// What happened, in order.
private final class Order: Sendable {
    private let words = Mutex<[String]>([])

    var seen: [String] { words.withLock { $0 } }

    func note(_ word: String) { words.withLock { $0.append(word) } }
}
