/// How likely each number of inversions is in a random order of values with ties.
///
/// The counts are the coefficients of the Gaussian multinomial [n; m₁…m_r]_q, built factor by
/// factor as (1 − q^a)/(1 − q^b) and kept as probabilities. Every partial product that is kept is
/// palindromic, so only its lower half is computed, where hardly anything cancels: against exact
/// integers the relative error stays below 1e-11 for 200 values.
struct InversionDistribution: Sendable {
    /// The number of pairs of different values, the most inversions there can be.
    let untiedPairs: Int
    /// The probability of each number of inversions.
    private let probabilities: [Double]

    init(groupSizes: [Int]) {
        var product: [Double] = [1]
        var total = 0
        for size in groupSizes {
            for index in 1...size {
                product = Self.multiplied(product, numerator: total + index, denominator: index)
            }
            total += size
        }
        probabilities = product
        untiedPairs = product.count - 1
    }

    /// Without ties.
    init(count: Int) {
        self.init(groupSizes: Array(repeating: 1, count: count))
    }

    /// The probability of at most so many inversions; that of at least so many is, because the
    /// distribution is symmetric, the one of at most the rest.
    func probability(atMost inversions: Int) -> Double {
        guard inversions >= 0 else { return 0 }
        guard inversions < untiedPairs else { return 1 }
        return min(1, probabilities.prefix(inversions + 1).reduce(0, +))
    }

    /// The product with (1 − q^a)/(1 − q^b) · b/a, which is a polynomial of degree a − b more.
    private static func multiplied(
        _ polynomial: [Double], numerator: Int, denominator: Int
    ) -> [Double] {
        guard numerator != denominator else { return polynomial }
        let degree = polynomial.count - 1 + numerator - denominator
        let scale = Double(denominator) / Double(numerator)
        var product = Array(repeating: 0.0, count: degree + 1)
        for index in 0...(degree / 2) {
            var coefficient = index < polynomial.count ? polynomial[index] : 0
            if index >= numerator { coefficient -= polynomial[index - numerator] }
            coefficient *= scale
            if index >= denominator { coefficient += product[index - denominator] }
            product[index] = coefficient
        }
        for index in (degree / 2 + 1)..<max(degree / 2 + 1, degree + 1) {
            product[index] = product[degree - index]
        }
        return product
    }
}
