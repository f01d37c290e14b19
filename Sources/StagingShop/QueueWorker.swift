import ServiceLifecycle

/// Takes receipts from the queue and delivers them to the downstream sink.
struct QueueWorker: Service {
    let shop: Shop
    private static let pause: Duration = .milliseconds(50)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await turn()
                // Cancelled means the loop is over.
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func turn() async {
        let count = shop.update { memory, now in
            memory.queue.take(rate: memory.configuration.settings.workerRate, at: now)
        }
        guard count > 0 else { return }
        let timeout = shop.configuration.release.sinkTimeout
        let isTaken = await DependencyCall(of: shop).send("/sink?jobs=\(count)", timeout: timeout)
        shop.update { memory, now in
            if isTaken {
                memory.queue.finish(count)
            } else {
                memory.queue.putBack(count)
                memory.note(.sinkTimeout, at: now)
            }
        }
    }
}
